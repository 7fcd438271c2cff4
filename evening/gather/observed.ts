/** Of which session the value of a signal is, for the signals whose figures come on the morning after it. */
import { signals } from '../../schemas/signals.ts'
import { sessions as sessionsTable } from '../../schemas/tables/sessions.ts'
import { quoted, raw, sql } from '../../schemas/view.ts'
import { crashPrecursors } from '../../schemas/views/composite/crash_precursors.ts'
import { flaggedVolume } from '../../schemas/views/flow/flagged_volume.ts'
import { isOneOf } from '../fragments.ts'
import { listOf } from './subject.ts'

export interface Observed {
  readonly signal: string
  /** NULL if it is not known. */
  readonly observed_on: string | null
}

/** Signals whose columns are of an earlier session by definition. */
export const ofEarlierSession = signals.filter(({ column }) => column.endsWith('_known'))

/**
 * They are of the session before. Only a measured ETF share can be of the session itself, if its source reports volumes on the same
 * evening: it is of the session with that share.
 */
export const observed = listOf<Observed>(
  (sessions) => sql`
    with evenings as (
      select session, etf_share_known, etf_share_definition
      from ${crashPrecursors}
      where ${isOneOf('session', sessions)}
    ),
    measured as (
      select p.session, max(v.session) as observed_on
      from evenings p
      join ${flaggedVolume} v
        on v.known_session = p.session and v.venue = 'consolidated' and v.etf_notional / nullif(v.flagged_notional, 0) = p.etf_share_known
      where p.etf_share_definition = 'measured'
      group by p.session
    )
    select p.session, f.signal,
      case
        when f.signal = 'etf_share_z_known' and p.etf_share_definition = 'measured' then measured.observed_on
        else before.session
      end as observed_on
    from evenings p
    join ${sessionsTable} s on s.session = p.session
    join ${sessionsTable} before on before.session_number = s.session_number - 1
    cross join (values ${raw(ofEarlierSession.map(({ column }) => `(${quoted(column)})`).join(', '))}) as f(signal)
    left join measured on measured.session = p.session
    order by p.session, f.signal`,
)
