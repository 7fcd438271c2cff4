/** The catalysts of a session as lines, each with the evidence of its tags, and their resonance. */
import { printableLine } from '../../core/printable.ts'
import { missingKinds } from '../gather/catalysts.ts'
import type { Evening } from '../gather.ts'
import { evidenceText } from '../language/evidence.ts'
import type { Say } from '../language/language.ts'
import { plainNames } from '../language/names.ts'
import { clock, decimal, dollars, percent } from '../language/numbers.ts'
import { counted } from '../language/signal-value.ts'
import { told } from '../language/told.ts'
import { dim, rule } from './style.ts'

export const hitLines = ({ hits, resonance, uncovered }: Evening, say: Say): string[] => [
  rule(say('terminal_hits', { count: hits.length })),
  ...hits.flatMap(({ title, occurred_at, evidence }) => [
    `  ${occurred_at ? `${clock(occurred_at)}  ` : ''}${printableLine(told(title, say))}`,
    ...evidenceText(evidence ?? '', say)
      .split('\n')
      .filter(Boolean)
      .map((text) => dim(`${' '.repeat(20)}${printableLine(text)}`)),
  ]),
  ...(hits.length || uncovered.kinds.length ? [] : [`  ${say('none')}`]),
  ...(uncovered.kinds.length
    ? [`  ${say('terminal_uncovered', { kinds: plainNames(uncovered.kinds.join(','), say) })}`]
    : []),
  ...(resonance && resonance.kind_count !== 0 ? [`  ${resonanceLine(resonance, say)}`] : []),
]

const resonanceLine = (of: NonNullable<Evening['resonance']>, say: Say) => {
  const { kind_count: count, kinds, is_fragile_before: fragile, kinds_base_rate: rate } = of
  const { depth_ratio_before: depth, net_gamma_before: gamma } = of
  const measures = [
    ...(depth === null ? [] : [say('terminal_depth', { ratio: decimal(depth) })]),
    ...(gamma === null ? [] : [say('terminal_dealer_gamma', { gamma: dollars(gamma) })]),
  ].join(', ')
  const ground = say(fragile === null ? 'ground_unknown' : fragile ? 'ground_fragile' : 'ground_firm')
  const missing = missingKinds(of)
  const known = kinds ? plainNames(kinds, say) : say('none')
  const text = say('terminal_resonance', {
    count: count === null ? say('terminal_kinds_unknown') : counted('kinds', count, say),
    kinds: missing.length
      ? say('terminal_kinds_missing', { kinds: known, missing: plainNames(missing.join(','), say) })
      : known,
    ground: measures ? `${ground}${say('remark', { remark: measures })}` : ground,
  })
  const base = rate === null ? '' : say('terminal_base_rate', { rate: percent(rate), count: of.earlier_session_count })
  const mark = of.is_resonance === null ? '?' : of.is_resonance ? '●' : '○'
  return `${mark} ${text}${base}`
}
