/** The evening of a session as a page in the terminal. Everything above "Became known later" is as that evening knew it. */
import { printableLine } from '../../core/printable.ts'
import { benchmark } from '../../schemas/baskets.ts'
import { precursors } from '../../schemas/precursors.ts'
import type { Evening } from '../gather.ts'
import { overdueText } from '../language/ahead.ts'
import { type Language, type Say, saying } from '../language/language.ts'
import { plainNames } from '../language/names.ts'
import { decimal, dollars, hundredths, percent, points, signedPercent } from '../language/numbers.ts'
import { counted } from '../language/signal-value.ts'
import { warningSentences } from '../language/warning-text.ts'
import { analogLines } from './analogs.ts'
import { hitLines } from './catalysts.ts'
import { signalLines } from './signals.ts'
import { bold, dim, padEnd, padStart, rule } from './style.ts'

export const terminalPage = (evening: Evening, language: Language): string => {
  const say = saying(language)
  const { session, notice } = evening
  const sections = [
    ...(notice ? [[bold(language === 'en' ? notice : say('sample_notice'))]] : []),
    [bold(say('terminal_title', { session }))],
    movedLines(evening, say),
    [...signalLines(evening, language, say), ...scoreLines(evening, say)],
    analogLines(evening, say),
    hitLines(evening, say),
    unknownLines(evening, say),
    laterLines(evening, say),
  ]
  return `${sections
    .filter((lines) => lines.length)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

const shown: readonly string[] = [benchmark.index, benchmark.etf, 'QQQ', 'NVDA', 'XLK', 'XLP']

const movedLines = (evening: Evening, say: Say) => {
  const { moves, volatility } = evening
  const written = (value: number | null, write: (value: number) => string, width = 12) =>
    padStart(value === null ? say('unknown') : write(value), width)
  const heads = (['column_gap', 'column_close', 'column_range'] as const).map((key) => padStart(say(key), 12))
  return [
    rule(say('terminal_moved')),
    dim(`  ${padEnd(say('column_symbol'), 8)}${heads.join('')}${padStart(say('column_close_location'), 17)}`),
    ...moves
      .filter(({ symbol }) => shown.includes(symbol))
      .map(
        ({ symbol, gap_return, close_return, range_fraction, close_location }) =>
          `  ${symbol.padEnd(8)}${written(gap_return, signedPercent)}${written(close_return, signedPercent)}${written(range_fraction, percent)}${written(close_location, hundredths, 17)}`,
      ),
    ...(volatility ? [`  ${vixLine(volatility, say)}`] : []),
    ...warningSentences(evening, say).map((sentence) => `  ${sentence}`),
  ]
}

const vixLine = (vix: NonNullable<Evening['volatility']>, say: Say) => {
  const { higher_close_on: on, sessions_since_higher_close: count } = vix
  return say('terminal_vix', {
    close: decimal(vix.vix_close),
    change: vix.vix_change_fraction === null ? say('unknown') : signedPercent(vix.vix_change_fraction),
    before:
      on === null
        ? say(vix.is_first ? 'terminal_vix_first' : 'terminal_vix_never')
        : say('terminal_vix_before', { on, sessions: counted('sessions', count ?? 0, say) }),
    curve: vix.vix_term_structure === null ? say('unknown') : decimal(vix.vix_term_structure),
  })
}

const scoreLines = ({ score }: Evening, say: Say) => {
  if (!score) return []
  const known = say('terminal_coverage', { share: percent(score.coverage, 0), count: precursors.length })
  if (score.score === null) return [`  ${say('terminal_no_score', { known })}`]
  return [
    `  ${say('terminal_score', { score: points(score.score), groups: score.group_count, known })}`,
    ...(score.missing_groups ? [`  ${say('terminal_missing_groups', { groups: score.missing_groups })}`] : []),
    dim(`  ${say('terminal_score_note')}`),
  ]
}

const unknownLines = ({ overdue, nextMorning, uncovered }: Evening, say: Say) => [
  rule(say('section_unknown')),
  ...overdue.map((each) => `  ${printableLine(overdueText(each, say))}`),
  ...(uncovered.releases.length
    ? [`  ${say('terminal_overdue_unknown', { releases: plainNames(uncovered.releases.join(','), say) })}`]
    : []),
  ...nextMorning.map((figure) => `  ${say('terminal_next_morning', { figure: say(`morning_${figure}`) })}`),
]

const laterLines = ({ later }: Evening, say: Say) => {
  const { etf_share: share = null, etf_net_flow: flow = null, net_gamma: gamma = null } = later ?? {}
  const mean = later?.etf_share_mean_60
  return [
    rule(say('came_later')),
    ...(share === null
      ? []
      : [
          `  ${say('terminal_etf_share', {
            share: percent(share),
            mean: mean == null ? say('unknown') : percent(mean),
            definition: later?.etf_share_definition ?? say('unknown'),
          })}`,
        ]),
    ...(flow === null ? [] : [`  ${say('terminal_flow', { flow: dollars(flow) })}`]),
    ...(gamma === null
      ? []
      : [`  ${say(gamma < 0 ? 'terminal_gamma_negative' : 'terminal_gamma_positive', { gamma: dollars(gamma) })}`]),
  ]
}
