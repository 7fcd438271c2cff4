/// <reference lib="dom" />
/** What tests ask of an open report; each function runs inside the page. */
import type { Page } from 'playwright-core'

export interface ShownTable {
  readonly id: string
  /** Whether it is one row, written downwards. */
  readonly isTurned: boolean
  readonly query: string
  readonly rows: Readonly<Record<string, string>>[]
}

/** Every table of the page with the query printed below it. What is folded away is read too. */
export const tablesOf = (page: Page): Promise<ShownTable[]> =>
  page.evaluate(() => {
    const names = (row: Element) =>
      [...row.querySelectorAll('[data-column]')].map((each) => each.getAttribute('data-column')!)
    const cells = (row: Element) =>
      [...row.querySelectorAll('[data-value]')].map((each) => each.getAttribute('data-value')!)
    const pair = (keys: string[], values: string[]) => Object.fromEntries(keys.map((key, i) => [key, values[i]!]))
    return [...document.querySelectorAll('table[data-exhibit]')].map((table) => {
      const isTurned = table.hasAttribute('data-turned')
      const columns = isTurned ? [] : names(table.querySelector('thead')!)
      return {
        id: table.getAttribute('data-exhibit')!,
        isTurned,
        query: table.closest('figure, .exhibit')!.querySelector('pre')!.textContent!,
        rows: isTurned
          ? [pair(names(table), cells(table))]
          : [...table.querySelectorAll('tbody tr')].map((row) => pair(columns, cells(row))),
      }
    })
  })

/** Marks of each chart that take up room, axes left out. */
export const marksOf = (page: Page): Promise<Record<string, number>> =>
  page.evaluate(() =>
    Object.fromEntries(
      [...document.querySelectorAll('figure[data-chart]')].map((figure) => [
        figure.getAttribute('data-chart')!,
        [...figure.querySelectorAll('svg path, svg circle, svg rect, svg line')].filter((mark) => {
          if (mark.closest('[aria-label*="axis"], [aria-label*="grid"], [aria-label*="rule"]')) return false
          const { width, height } = (mark as SVGGraphicsElement).getBBox()
          return width + height > 0
        }).length,
      ]),
    ),
  )

export const unnamedDrawings = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      [...document.querySelectorAll('figure [role="img"]')].filter((each) => !each.getAttribute('aria-label')).length,
  )

export const widthOf = (page: Page): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth)

export const languageOf = (page: Page): Promise<string> => page.evaluate(() => document.documentElement.lang)

export const noticeOf = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => document.querySelector('.notice')?.textContent ?? undefined)

export const textOf = (page: Page): Promise<string> =>
  page.evaluate(() => document.body.textContent!.replace(/\s+/g, ' '))

export interface ShownClaim {
  readonly id: string
  readonly verdict: string
  readonly query: string
  /** The rows that it was judged by, as JSON. */
  readonly rows: string
}

export const claimsOf = (page: Page): Promise<ShownClaim[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('tr[data-claim]')].map((row) => ({
      id: row.getAttribute('data-claim')!,
      verdict: row.querySelector('[data-verdict]')!.getAttribute('data-verdict')!,
      query: row.querySelector('pre')!.textContent!,
      rows: row.querySelector('[data-rows]')!.getAttribute('data-rows')!,
    })),
  )

export const signalsOf = (page: Page): Promise<{ signal: string; state: string; since: string }[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('li[data-signal]')].map((each) => ({
      signal: each.getAttribute('data-signal')!,
      state: each.getAttribute('data-state')!,
      since: each.getAttribute('data-since')!,
    })),
  )

/** The list of what is lit: where it ends, in pixels from the top, and what it says. */
export const litListOf = (page: Page): Promise<{ bottom: number; text: string }> =>
  page.evaluate(() => {
    const list = document.querySelector('.lit-list')!
    return { bottom: list.getBoundingClientRect().bottom, text: list.textContent! }
  })
