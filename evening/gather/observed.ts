/** Of which session the value of a signal is, for the signals whose figures come on the morning after it. */
import { signals } from '../../schemas/signals.ts'
import { sessions as sessionsTable } from '../../schemas/tables/sessions.ts'
import { quoted, raw, sql } from '../../schemas/view.ts'
import { preferredShare } from '../../schemas/views/flow/etf_share_of_volume.ts'
import { isOneOf } from '../fragments.ts'
import { listOf } from './subject.ts'

export interface Observed {
  readonly signal: string
  /** NULL if it has no value. */
  readonly observed_on: string | null
}

/** Signals whose columns are of an earlier session by definition. */
export const ofEarlierSession = signals.filter(({ column }) => column.endsWith('_known'))

/** They are of the session before. Only the ETF share can be of the session itself, if its source reports it on the same evening. */
export const observed = listOf<Observed>(
  (sessions) => sql`
    select s.session, f.signal,
      case when f.signal = 'etf_share_z_known' then shares.session else before.session end as observed_on
    from ${sessionsTable} s
    join ${sessionsTable} before on before.session_number = s.session_number - 1
    cross join (values ${raw(ofEarlierSession.map(({ column }) => `(${quoted(column)})`).join(', '))}) as f(signal)
    left join (${preferredShare('known_session')}
    ) shares on shares.known_session = s.session
    where ${isOneOf('s.session', sessions)}
    order by s.session, f.signal`,
)
