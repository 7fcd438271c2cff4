/** The report of one symbol as one HTML page. */
import { html } from 'hono/html'
import { UsageError } from '../../../core/errors.ts'
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
import { sampleNotice } from '../sample-notice.ts'
import { dayOf, symbolSections } from './sections.ts'

/** The latest session with a bar of the symbol, or the named one if it has a bar. */
const latestOf = readingOften([dailyBarsAsKnown])(
  async ({ engine }: Lake, symbol: string, named: string | undefined): Promise<string | null> => {
    const isNamed = named === undefined ? '' : ` and session = try_cast(${quoted(named)} as date)`
    const [row] = await engine.rows<{ latest: string | null }>(
      `select max(session) as latest from ${dailyBarsAsKnown.name} where symbol = ${quoted(symbol)}${isNamed}`,
    )
    return row?.latest ?? null
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
): Promise<{ session: string; html: string; stale?: undefined }> => {
  const ask = askOnce(lake)
  const session = await latestOf(lake, symbol, named)
  if (!session)
    throw new UsageError(
      named === undefined
        ? `the lake has no bar of ${symbol}; symbols are written as the exchange lists them, for example NVDA`
        : `the lake has no bar of ${symbol} on ${named}; write the session as yyyy-mm-dd`,
    )
  const sections = symbolSections(symbol, session)
  await lake.hold(sections.flatMap(({ exhibits }) => exhibits.flatMap((each) => each.sql.reads)))
  const [day] = await ask(dayOf(symbol, session))
  const shown = await filled(lake, ask, sections)
  const notice = await sampleNoticeOf(lake.platform.store)
  const say = saying(language)
  const context = { session, language, document: newDocument() }
  const page = html`${head(`${symbol} · ${session}`, language)}
<body><header>${sampleNotice(notice, language)}
<p class="dateline">${dateline(session, language)}</p><h1>${day ? headlineOf(symbol, day, say) : symbol}</h1></header>
<main>${shown.map((each) => sectionOf(each, context, say))}${missingOf(shown, say)}</main>
<footer class="quiet"><p>${say('footer_time')}</p></footer></body></html>\n`
  return { session, html: printable(String(page)) }
}
