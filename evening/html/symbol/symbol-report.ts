/** The report of one symbol as one HTML page. */
import { html } from 'hono/html'
import { whyNoSession } from '../../../calendar/not-a-session.ts'
import { sessionOf } from '../../../calendar/sessions.ts'
import { UsageError } from '../../../core/errors.ts'
import { nearest } from '../../../core/nearest.ts'
import { printable } from '../../../core/printable.ts'
import { sampleNoticeOf } from '../../../core/sample-mark.ts'
import { readingOften } from '../../../pipeline/lake/current.ts'
import type { Lake } from '../../../pipeline/lake/lake.ts'
import { quoted } from '../../../schemas/view.ts'
import { dailyBarsAsKnown } from '../../../schemas/views/bars/daily_bars_as_known.ts'
import type { Row } from '../../gather/subject.ts'
import { askOnce } from '../../gather.ts'
import { movedText } from '../../language/headline.ts'
import { type Language, type Say, saying } from '../../language/language.ts'
import { newDocument } from '../document.ts'
import { dateline } from '../front/front.ts'
import { filled } from '../gather-report.ts'
import { head, missingOf, sectionOf } from '../page.ts'
import type { Made } from '../report.ts'
import { sampleNotice } from '../sample-notice.ts'
import { trustOf, trustReads } from '../trust.ts'
import { banner, colophon } from '../trust-html.ts'
import { dayOf, symbolSections } from './sections.ts'

interface Bars {
  /** The latest session with a bar of the symbol. */
  readonly latest: string | null
  readonly isNamedThere: boolean
}

/** The latest session with a bar of the symbol, or the named one if it has a bar. */
const sessionWithBar = readingOften([dailyBarsAsKnown])(
  async ({ engine }: Lake, symbol: string, named: string | undefined): Promise<string> => {
    const bars = dailyBarsAsKnown.name
    const isNamed = named === undefined ? 'false' : `session = try_cast(${quoted(named)} as date)`
    const [row] = await engine.rows<Bars & Record<string, never>>(
      `select max(session) as latest, coalesce(bool_or(${isNamed}), false) as "isNamedThere" from ${bars} where symbol = ${quoted(symbol)}`,
    )
    if (row?.latest && named === undefined) return row.latest
    if (row?.latest && row.isNamedThere) return named!
    if (row?.latest) {
      if (!sessionOf(named!)) throw new UsageError(whyNoSession(named!))
      throw new UsageError(`the lake has no bar of ${symbol} on ${named}; its latest is that of ${row.latest}`)
    }
    const all = await engine.rows<{ symbol: string }>(`select distinct symbol from ${bars} order by symbol`)
    const near = nearest(
      symbol,
      all.map((each) => each.symbol),
    )
    const hint = near ? `did you mean ${near}?` : 'symbols are written as the exchange lists them, for example NVDA'
    throw new UsageError(`the lake has no bar of ${symbol}; ${hint}`)
  },
)

const headlineOf = (symbol: string, day: Row, say: Say): string => {
  const close = day.close_return === null ? undefined : movedText(Number(day.close_return), say)
  if (close === undefined) return say('head_symbol_alone', { symbol })
  if (day.gap_return === null) return say('head_close', { name: symbol, close })
  return say('head_gap', { name: symbol, gap: movedText(Number(day.gap_return), say), close })
}

/** The page of a symbol on a session, by default on its latest one. */
export const symbolReport = async (
  lake: Lake,
  symbol: string,
  named: string | undefined,
  { language }: { readonly language: Language },
): Promise<Made> => {
  const ask = askOnce(lake)
  const session = await sessionWithBar(lake, symbol, named)
  const sections = symbolSections(symbol, session)
  const reads = sections.flatMap(({ exhibits }) => exhibits.flatMap((each) => each.sql.reads))
  await lake.hold([...new Set([...trustReads, ...reads])])
  const [day] = await ask(dayOf(symbol, session))
  const shown = await filled(lake, ask, sections, session)
  const notice = await sampleNoticeOf(lake.platform.store)
  const trust = await trustOf(lake, ask, { session, notice })
  const say = saying(language)
  const context = { session, language, document: newDocument() }
  const page = html`${head(`${symbol} · ${session}`, language)}
<body><header>${sampleNotice(notice, language)}${banner(trust, say)}
<p class="dateline">${dateline(session, language)}</p><h1>${day ? headlineOf(symbol, day, say) : symbol}</h1></header>
<main>${shown.map((each) => sectionOf(each, context, say))}${missingOf(shown, say)}</main>
<footer class="quiet"><p>${say('footer_time')}</p>${colophon({ trust, session, sections: shown }, say)}</footer></body></html>\n`
  const { stale } = trust
  return { session, html: printable(String(page)), ...(stale ? { stale } : {}) }
}
