/** The evening of a session as a page in the terminal: what moved, what was lit and why, what hit, what was not known. */

import { bold, dim, rule } from '../../cli/style.ts'
import { sampleNoticeOf } from '../../core/sample-mark.ts'
import type { Lake } from '../../pipeline/lake/lake.ts'
import { benchmark } from '../../schemas/baskets.ts'
import { precursors } from '../../schemas/precursors.ts'
import { signals } from '../../schemas/signals.ts'
import { quoted } from '../../schemas/view.ts'
import { saying } from '../language/language.ts'
import { clock, dollars, signedPercent } from '../language/numbers.ts'
import { signalValue } from '../language/signal-value.ts'

interface SignalRow {
  signal: string
  title: string
  value: number | null
  is_lit: boolean | null
  because: string
}

interface Reversal {
  symbol: string
  gap_return: number | null
  close_return: number | null
  range_fraction: number | null
  close_location: number | null
}

interface Hit {
  kind: string
  title: string
  occurred_at: string
  evidence: string | null
}

interface Facts {
  etf_share: number | null
  etf_share_mean_60: number | null
  etf_share_definition: string | null
  etf_net_flow: number | null
  net_gamma: number | null
}

/** Renders the page. Everything above "Came later" is as the evening of the session knew it. */
export const eveningPage = async (lake: Lake, session: string): Promise<string> => {
  await lake.refresh()
  const notice = await sampleNoticeOf(lake.platform.store)
  const sections = [
    ...(notice ? [bold(notice)] : []),
    `${bold(`The evening of ${session}`)} (New York), as known at 20:00`,
    await whatMoved(lake, session),
    await whatWasLit(lake, session),
    ...(await whatHadFollowed(lake, session)),
    await whatHit(lake, session),
    await whatWasNotKnown(lake, session),
    await whatCameLater(lake, session),
  ]
  return `${sections.join('\n\n')}\n`
}

const percent = (value: number | null) => (value === null ? 'n/a' : signedPercent(value))

const whatMoved = async ({ engine }: Lake, session: string) => {
  const shown = [benchmark.index, benchmark.etf, 'QQQ', 'NVDA', 'XLK', 'XLP']
  const rows = await engine.rows<Reversal>(
    `select symbol, gap_return, close_return, range_fraction, close_location from intraday_reversal
     where session = date '${session}' and symbol in (${shown.map(quoted).join(', ')})`,
  )
  const header = `  ${'symbol'.padEnd(8)}${'gap'.padStart(10)}${'close'.padStart(10)}${'range'.padStart(10)}${'close location'.padStart(17)}`
  const lines = shown
    .flatMap((symbol) => rows.filter((row) => row.symbol === symbol))
    .map(
      (row) =>
        `  ${row.symbol.padEnd(8)}${percent(row.gap_return).padStart(10)}${percent(row.close_return).padStart(10)}${percent(row.range_fraction).padStart(10)}${(row.close_location?.toFixed(2) ?? 'n/a').padStart(17)}`,
    )
  const [vix] = await engine.rows<{
    vix_close: number
    vix_change_fraction: number
    sessions_since_higher_close: number
    higher_close_on: string
    vix_term_structure: number | null
  }>(`select * from volatility_regime where session = date '${session}'`)
  const volatility = vix
    ? [
        `  VIX ${vix.vix_close.toFixed(2)}, ${percent(vix.vix_change_fraction)}; last close as high on ${vix.higher_close_on ?? 'no earlier session'}${vix.sessions_since_higher_close ? `, ${vix.sessions_since_higher_close} sessions before` : ''}; VIX/VIX3M ${vix.vix_term_structure?.toFixed(3) ?? 'n/a'}`,
      ]
    : []
  return [rule('What moved'), dim(header), ...lines, ...volatility].join('\n')
}

const say = saying('en')

const shownValue = ({ signal, value }: SignalRow): string => {
  const declared = signals.find((each) => each.column === signal)
  return value === null || !declared ? 'unknown' : signalValue(declared, value, say)
}

/** The score, with what it is made of and what it is not. */
const whatItComesTo = async ({ engine }: Lake, session: string): Promise<string[]> => {
  const [row] = await engine.rows<{ score: number | null; coverage: number; group_count: number }>(
    `select score, coverage, group_count from precursor_score where session = date '${session}'`,
  )
  if (!row) return []
  const known = `${(row.coverage * 100).toFixed(0)} % of ${precursors.length} precursors known`
  if (row.score === null) return [`  No score: ${known}`]
  return [
    `  Score ${row.score.toFixed(1)} of 100, over ${row.group_count} groups, ${known}`,
    dim('  A place in the own past, no probability; on real data it ranks drawdowns no better than VIX alone'),
  ]
}

const whatWasLit = async (lake: Lake, session: string) => {
  const { engine } = lake
  const rows = await engine.rows<SignalRow>(`select * from precursor_signals where session = date '${session}'`)
  const inOrder = signals.flatMap((each) => rows.filter((row) => row.signal === each.column))
  const line = (mark: string) => (row: SignalRow) =>
    `  ${mark} ${row.title.padEnd(36)}${shownValue(row).padStart(14)}   ${dim(row.because)}`
  const lit = inOrder.filter((row) => row.is_lit === true)
  const dark = inOrder.filter((row) => row.is_lit === false)
  const unknown = inOrder.filter((row) => row.is_lit === null)
  return [
    rule(`Precursors lit: ${lit.length} of ${inOrder.length}`),
    ...lit.map(line('●')),
    ...dark.map(line('○')),
    ...unknown.map(line('?')),
    dim('  ● lit   ○ not lit   ? unknown that evening'),
    ...(await whatItComesTo(lake, session)),
  ].join('\n')
}

interface Analog {
  symbol: string
  ordinal: number
  opens_valid_from: string
  rarity: number
  horizon: number
  case_count: number
  mean_return: number | null
  mean_low_95: number | null
  mean_high_95: number | null
  unconditional_mean: number | null
}

/** Of a gap and reverse, what had followed the earlier ones, for the index and for the fund, which disagree. */
const whatHadFollowed = async ({ engine }: Lake, session: string): Promise<string[]> => {
  const analogs = await engine.rows<Analog>(
    `select a.*, g.ordinal, g.opens_valid_from, g.rarity from label_analogs a
     join gap_and_reverse g on g.symbol = a.symbol and g.threshold = a.threshold and g.session = a.session
     where a.session = date '${session}' and a.threshold = 0.01 and a.horizon in (1, 21) order by a.symbol, a.horizon`,
  )
  if (analogs.length === 0) return []
  const lines = analogs.map(({ symbol, ordinal, opens_valid_from, rarity, horizon, case_count, ...after }) => {
    const counted = `${symbol.padEnd(6)}number ${ordinal} with real opens since ${opens_valid_from}, rarity ${percent(rarity).slice(1)}`
    const interval =
      after.mean_low_95 === null
        ? 'too few for an interval'
        : `${percent(after.mean_low_95)} to ${percent(after.mean_high_95)}`
    const ahead = `${horizon} session${horizon === 1 ? '' : 's'} on`
    const followed = case_count
      ? `after ${case_count} earlier, ${ahead}: mean ${percent(after.mean_return)} (${interval})`
      : `none earlier, ${ahead}`
    const base = `any session ${percent(after.unconditional_mean)}`
    return `${horizon === 1 ? `  ${counted}\n` : ''}${' '.repeat(8)}${followed}; ${base}`
  })
  return [[rule('Gap above 1 % and lower close: seen before'), ...lines].join('\n')]
}

const whatHit = async ({ engine }: Lake, session: string) => {
  const hits = await engine.rows<Hit>(
    `select kind, title, occurred_at, evidence from catalysts_by_session where session = date '${session}' order by occurred_at`,
  )
  const lines = hits.flatMap(({ title, occurred_at, evidence }) => [
    `  ${clock(occurred_at)}  ${title}`,
    ...(evidence ?? '')
      .split('\n')
      .filter(Boolean)
      .map((text) => dim(`${' '.repeat(20)}${text}`)),
  ])
  return [
    rule(`Catalysts that hit: ${hits.length}`),
    ...(lines.length ? lines : ['  none']),
    ...(await whatResonated(engine, session)),
  ].join('\n')
}

interface Echo {
  kind_count: number
  kinds: string | null
  is_fragile_before: boolean | null
  is_resonance: boolean | null
  depth_ratio_before: number | null
  net_gamma_before: number | null
  kinds_base_rate: number | null
  earlier_session_count: number
}

/** How many kinds could move the market at once, on what ground, and how common that is. */
const whatResonated = async (engine: Lake['engine'], session: string): Promise<string[]> => {
  const [echo] = await engine.rows<Echo>(`select * from resonance where session = date '${session}'`)
  if (!echo?.kind_count) return []
  const { is_fragile_before: fragile, depth_ratio_before: depth, net_gamma_before: gamma } = echo
  const ground = [
    ...(depth === null ? [] : [`depth ${depth.toFixed(2)} of its mean`]),
    ...(gamma === null ? [] : [`dealer gamma ${dollars(gamma)}`]),
  ].join(', ')
  const evening = fragile === null ? 'unknown' : `${fragile ? 'fragile' : 'not fragile'} (${ground})`
  const rate =
    echo.kinds_base_rate === null
      ? ''
      : `; three kinds or more on ${percent(echo.kinds_base_rate).slice(1)} of ${echo.earlier_session_count} sessions before`
  return [
    `  ${echo.is_resonance ? '●' : '○'} Resonance: ${echo.kind_count} kind${echo.kind_count === 1 ? '' : 's'} that could move the market (${echo.kinds}); the evening before ${evening}${rate}`,
  ]
}

const whatWasNotKnown = async ({ engine }: Lake, session: string) => {
  const waiting = await engine.rows<{ title: string; days: number }>(
    `with states as (
       select *, row_number() over (partition by catalyst_id order by known_at desc) as age
       from catalysts where known_session <= date '${session}' and reference_period is not null
     )
     select c.title, o.overdue_days as days
     from overdue_releases o
     join states c on c.kind = o.release and c.reference_period = o.reference_period and c.age = 1
     where o.session = date '${session}' order by o.overdue_days desc, c.title`,
  )
  const [later] = await engine.rows<Facts>(`select * from session_facts where session = date '${session}'`)
  const nextMorning = [
    ...(later?.etf_share == null ? [] : ['ETF share of the volume of this session']),
    ...(later?.etf_net_flow == null ? [] : ['fund flows of this session']),
    ...(later?.net_gamma == null ? [] : ['dealer gamma of this session']),
  ]
  return [
    rule('Not known that evening'),
    ...waiting.map(({ title, days }) => `  ${title}: ${days} days overdue`),
    ...nextMorning.map((what) => `  ${what}: published the next morning`),
  ].join('\n')
}

const whatCameLater = async ({ engine }: Lake, session: string) => {
  const [later] = await engine.rows<Facts>(`select * from session_facts where session = date '${session}'`)
  if (!later) return rule('Came later')
  const share =
    later.etf_share === null
      ? []
      : [
          `  ETF share of volume ${(later.etf_share * 100).toFixed(1)} %, mean of 60 sessions ${((later.etf_share_mean_60 ?? 0) * 100).toFixed(1)} % (${later.etf_share_definition})`,
        ]
  const flow = later.etf_net_flow === null ? [] : [`  SPY net flow ${dollars(later.etf_net_flow)}`]
  const gamma =
    later.net_gamma === null
      ? []
      : [`  dealer gamma ${dollars(later.net_gamma)} per 1 %: ${later.net_gamma < 0 ? 'negative' : 'positive'}`]
  return [rule('Came later'), ...share, ...flow, ...gamma].join('\n')
}
