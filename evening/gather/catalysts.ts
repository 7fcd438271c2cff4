/** The catalysts that hit a session, as its evening knew them, and whether several kinds met a fragile market. */
import { sql } from '../../schemas/view.ts'
import { catalystsBySession } from '../../schemas/views/catalysts/catalysts_by_session.ts'
import { resonance as resonanceView } from '../../schemas/views/catalysts/resonance.ts'
import { isOneOf } from '../fragments.ts'
import { listOf, oneOf } from './subject.ts'

export interface Hit {
  readonly catalyst_id: string
  readonly title: string
  readonly occurred_at: string | null
  readonly evidence: string | null
}

export const hits = listOf<Hit>(
  (sessions) => sql`
    select session, catalyst_id, occurred_at, kind, title, scheduled_at, delay_days, actual, consensus, surprise,
      standardized_surprise, direction, evidence, known_basis
    from ${catalystsBySession}
    where ${isOneOf('session', sessions)}
    order by session, occurred_at, catalyst_id`,
)

export interface Resonance {
  readonly kind_count: number
  readonly kinds: string | null
  readonly is_fragile_before: boolean | null
  readonly is_resonance: boolean | null
  readonly depth_ratio_before: number | null
  readonly net_gamma_before: number | null
  readonly kinds_base_rate: number | null
  readonly earlier_session_count: number
}

export const resonance = oneOf<Resonance>(
  (sessions) => sql`
    select session, is_resonance, kind_count, kinds, is_fragile_before, depth_ratio_before, net_gamma_before,
      kinds_base_rate, resonance_base_rate, earlier_session_count
    from ${resonanceView}
    where ${isOneOf('session', sessions)}`,
)
