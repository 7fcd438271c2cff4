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
          if (mark.closest('[aria-label*="axis"], [aria-label*="grid"]')) return false
          if (mark.closest('[aria-label*="rule"]') && mark.getAttribute('aria-label') !== 'range') return false
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

/** Titles of the tables, but for folded ones, that are wider than their place. */
export const wideTables = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('.scroll')]
      .filter((place) => !place.closest('details') && place.scrollWidth > place.clientWidth + 1)
      .map((place) => place.getAttribute('aria-label') ?? ''),
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
    [...document.querySelectorAll('[data-signal]')].map((each) => ({
      signal: each.getAttribute('data-signal')!,
      state: each.getAttribute('data-state')!,
      since: each.getAttribute('data-since')!,
    })),
  )

/** Bottom edges of the parts of the first screen, in pixels from the top. */
/** Colours of the values of the signals by state, without repetition. */
export const coloursByState = (page: Page): Promise<Record<string, string[]>> =>
  page.$$eval('div[data-signal]', (items) => {
    const found: Record<string, string[]> = {}
    for (const item of items) {
      const state = item.getAttribute('data-state') ?? ''
      const { color } = getComputedStyle(item.querySelector('.value')!)
      found[state] = [...new Set([...(found[state] ?? []), color])]
    }
    return found
  })

export const firstScreenOf = (page: Page): Promise<Record<string, number>> =>
  page.evaluate(() =>
    Object.fromEntries(
      ['h1', '.bullets', 'figure.hero svg', '#unusual', '#tomorrow'].map((part) => [
        part,
        document.querySelector(part)!.getBoundingClientRect().bottom + scrollY,
      ]),
    ),
  )

/** Texts of charts that lie on one another, and those that reach out of the page: measured boxes. */
export const badTexts = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const edge = document.documentElement.clientWidth
    return [...document.querySelectorAll('figure svg')].flatMap((svg) => {
      const texts = [...svg.querySelectorAll('text')]
        .filter((text) => text.textContent!.trim())
        .map((text) => ({ name: text.textContent!, box: text.getBoundingClientRect() }))
      const cut = texts.filter(({ box }) => box.left < -0.5 || box.right > edge + 0.5).map(({ name }) => `cut: ${name}`)
      const own = svg.closest('figure')!.getBoundingClientRect()
      const beyond = texts
        .filter(({ box }) => box.left < own.left - 4 || box.right > own.right + 4)
        .map(({ name }) => `beyond its figure: ${name}`)
      const over = texts.flatMap((one, i) =>
        texts.slice(i + 1).flatMap((other) => {
          const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left)
          const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top)
          // The box of a line of text is higher than its letters.
          return across > 1 && down > 4 ? [`${one.name} on ${other.name}`] : []
        }),
      )
      return [...cut, ...beyond, ...over].map(
        (what) => `${svg.closest('[data-chart]')?.getAttribute('data-chart') ?? 'hero'}: ${what}`,
      )
    })
  })

/** Texts of drawings whose letters are smaller than this many pixels. */
export const smallTexts = (page: Page, least: number): Promise<string[]> =>
  page.evaluate(
    (smallest) =>
      [...document.querySelectorAll('figure svg')].flatMap((svg) => {
        const scale = svg.getBoundingClientRect().width / (svg as SVGSVGElement).viewBox.baseVal.width
        return [...svg.querySelectorAll('text')]
          .filter((text) => scale > 0 && Number.parseFloat(getComputedStyle(text).fontSize) * scale < smallest)
          .map((text) => text.textContent!)
      }),
    least,
  )

/** Blocks of text that are cut by their box, or whose box reaches out of the page. What scrolls in a box of its own is not cut. */
export const cutBlocks = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const edge = document.documentElement.clientWidth
    return [...document.querySelectorAll('h1, h2, h3, h4, p, li, summary, .block, .signals > li, figcaption, td, th')]
      .filter((element) => !element.closest('.scroll, pre, details:not([open])'))
      .flatMap((element) => {
        const { left, right, width } = element.getBoundingClientRect()
        if (width === 0) return []
        const isCut = element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).display !== 'inline'
        return left < -0.5 || right > edge + 0.5 || isCut
          ? [`${element.tagName}: ${element.textContent!.trim().slice(0, 60)}`]
          : []
      })
  })

/** Colours and their contrast, inside of the page: it is sent there as text. */
const contrasts = () => {
  const parts = (colour: string) => colour.match(/[\d.]+/g)!.map(Number)
  const luminance = (colour: readonly number[]) => {
    const linear = colour.slice(0, 3).map((part) => {
      const share = part / 255
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * linear[0]! + 0.7152 * linear[1]! + 0.0722 * linear[2]!
  }
  const groundOf = (element: Element | null): number[] => {
    if (!element) return [255, 255, 255]
    const own = parts(getComputedStyle(element).backgroundColor)
    return own.length < 4 || own[3] === 1 ? own : groundOf(element.parentElement)
  }
  const ratioOf = (ink: readonly number[], ground: readonly number[]) => {
    const [one, other] = [luminance(ink), luminance(ground)]
    return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)
  }
  return { parts, groundOf, ratioOf }
}

/** Does work inside of the page with these functions. */
const withContrasts = <T>(page: Page, work: (tools: ReturnType<typeof contrasts>) => T): Promise<T> =>
  page.evaluate<T>(`(${work})((${contrasts})())`)

/** Marks of charts whose contrast against the ground below them is under 3. */
export const faintMarks = (page: Page): Promise<string[]> =>
  withContrasts(page, ({ parts, groundOf, ratioOf }) => {
    const opacityOf = (element: Element | null): number =>
      !element || element.tagName === 'svg'
        ? 1
        : Number(getComputedStyle(element).opacity) * opacityOf(element.parentElement)
    return [...document.querySelectorAll('figure svg, svg.spark')].flatMap((svg) =>
      [...svg.querySelectorAll('path, circle, rect, line')].flatMap((mark) => {
        const label = mark.closest('g[aria-label]')?.getAttribute('aria-label') ?? ''
        // The shaded hours of the exchange are a ground.
        const isGround = mark.getAttribute('aria-label') === 'regular hours'
        if (isGround || /axis|grid|frame/.test(label) || mark.closest('clipPath, defs')) return []
        const style = getComputedStyle(mark)
        const colours = [
          ['fill', style.fill, style.fillOpacity],
          ['stroke', style.stroke, style.strokeOpacity],
        ].filter(([, colour]) => colour !== 'none' && parts(colour!).length >= 3)
        const ground = groundOf(svg.parentElement)
        const ratios = colours.map(([, colour, share]) => {
          const own = parts(colour!)
          const opacity = opacityOf(mark) * Number(share) * (own[3] ?? 1)
          const mixed = own.slice(0, 3).map((part, i) => part * opacity + ground[i]! * (1 - opacity))
          return ratioOf(mixed, ground)
        })
        const name = svg.closest('[data-chart]')?.getAttribute('data-chart') ?? 'first screen'
        return ratios.length && Math.max(...ratios) < 3
          ? [`${name}: ${label} ${mark.tagName} ${Math.max(...ratios).toFixed(2)}`]
          : []
      }),
    )
  })

/** Texts whose contrast against the ground below them is under 4.5, by the colours that the browser computed. */
export const faintTexts = (page: Page): Promise<string[]> =>
  withContrasts(page, ({ parts, groundOf, ratioOf }) => {
    return [...document.querySelectorAll('body *')]
      .filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent!.trim()))
      .flatMap((element) => {
        const style = getComputedStyle(element)
        const isSvg = element instanceof SVGElement
        if (element.matches('style, script') || (isSvg && style.fill === 'none')) return []
        const ratio = ratioOf(parts(isSvg ? style.fill : style.color), groundOf(element))
        return ratio < 4.5
          ? [`${element.tagName} ${element.textContent!.trim().slice(0, 40)}: ${ratio.toFixed(2)}`]
          : []
      })
  })

/** The list of evenings of the site: how many it has, and the first one shown. */
export const listOf = (page: Page): Promise<{ count: number; first: string }> =>
  page.evaluate(() => ({
    count: Number(document.querySelector('#count')!.textContent!.replaceAll(',', '')),
    first: document.querySelector('#evenings tbody td')!.textContent!,
  }))

export const searchIn = (page: Page, words: string): Promise<void> => page.fill('#search', words)
export const sortBy = (page: Page, place: number): Promise<void> => page.click(`#evenings button[data-by="${place}"]`)

/** Notes the texts that the page draws on a canvas from now on. */
export const noteCanvasTexts = async (page: Page): Promise<() => Promise<string[]>> => {
  await page.evaluate(() => {
    const noted: string[] = []
    const { fillText } = CanvasRenderingContext2D.prototype
    CanvasRenderingContext2D.prototype.fillText = function (text, ...more) {
      noted.push(text)
      fillText.call(this, text, ...more)
    }
    Object.assign(window, { noted })
  })
  return () => page.evaluate(() => (window as unknown as { noted: string[] }).noted)
}

/** Height of the list of terms, which is 0 while it is folded. */
export const termsHeight = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const list = document.querySelector('footer details ul')!
    return list.checkVisibility() ? list.getBoundingClientRect().height : 0
  })

/** Between these a page may end: a heading or note and what it is about, and the parts of a signal or a figure. */
export const tornOnPaper = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const textOf = (element: Element) => element.textContent!.trim().slice(0, 40)
    const leading = [...document.querySelectorAll('h2, h3, .exhibit > p, section > p')].filter((each) =>
      each.nextElementSibling?.matches('p, table, .scroll, .cards, .exhibits'),
    )
    const whole = [...document.querySelectorAll('.signals > li, figure[data-chart], tr')]
    return [
      ...leading.filter((each) => !each.matches('.source') && getComputedStyle(each).breakAfter !== 'avoid'),
      ...whole.filter((each) => getComputedStyle(each).breakInside !== 'avoid'),
    ].map(textOf)
  })

/** Width of the text on A4 paper, in pixels, between the margins of the page. */
const paperWidth = Math.round((186 / 25.4) * 96)

interface PaperChart {
  /** Width that the layout of paper has for the chart. */
  readonly room: number
  /** Width of the plot, and the rightmost edge of its texts, both as it is printed. */
  readonly width: number
  readonly textEnd: number
}

/** The charts that a script drew, as they are when the page is printed. */
export const chartsOnPaper = async (page: Page): Promise<PaperChart[]> => {
  await page.evaluate(() => {
    const printed: unknown[] = []
    Object.assign(window, { printed })
    // The listeners of the page have run, and so has what they left for later.
    const note = () => {
      for (const plot of document.querySelectorAll('.chart .uplot')) {
        const { left, width } = plot.getBoundingClientRect()
        const ends = [...plot.querySelectorAll('.marks .end')].map((each) => each.getBoundingClientRect().right - left)
        printed.push({ width, textEnd: Math.max(0, ...ends) })
      }
    }
    addEventListener('beforeprint', () => queueMicrotask(() => queueMicrotask(note)), { once: true })
  })
  await page.pdf({ preferCSSPageSize: true })
  const printed = await page.evaluate(() => (window as unknown as { printed: Omit<PaperChart, 'room'>[] }).printed)
  await page.emulateMedia({ media: 'print' })
  await page.setViewportSize({ width: paperWidth, height: 900 })
  const rooms = await page.$$eval('.chart', (all) =>
    all.map((each) => each.parentElement!.getBoundingClientRect().width),
  )
  return rooms.map((room, i) => ({ room, ...printed[i]! }))
}

/** Controls of the page that paper shows. */
export const controlsOnPaper = async (page: Page): Promise<string[]> => {
  await page.emulateMedia({ media: 'print' })
  return page.$$eval('input, button:not(th button)', (all) =>
    all.filter((each) => each.checkVisibility()).map((each) => each.textContent!),
  )
}
