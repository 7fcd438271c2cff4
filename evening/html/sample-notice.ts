/** Says on a page that the lake is a sample. */
import { html } from 'hono/html'
import { type Language, saying } from '../language/language.ts'
import type { Html } from './exhibit-html.ts'

export const sampleNotice = (notice: string | undefined, language: Language): Html | '' =>
  notice
    ? html`<p class="notice" role="note">${language === 'zh' ? saying(language)('sample_notice') : notice}</p>`
    : ''
