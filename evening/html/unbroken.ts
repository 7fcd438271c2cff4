/** A text in which a date, and a number with its percent sign, each stay on one line. */
import { html } from 'hono/html'
import type { Html } from './exhibit.ts'

const whole = /(\d{4}-(?:\d\d|Q\d)(?:-\d\d)?|[+−]?\d[\d.,]* %)/

export const unbroken = (text: string): Html =>
  html`${text.split(whole).map((part, i) => (i % 2 ? html`<span class="whole">${part}</span>` : part))}`
