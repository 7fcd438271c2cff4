/** What the CSV files of FRED and ALFRED have in common. */
import { sessionsBetween } from '../../calendar/sessions.ts'
import type { Payload, Window } from '../source.ts'
import { changed } from './wire.ts'

/** FRED writes a missing figure as a full stop or leaves it blank. */
export const isMissing = (cell: string | undefined) => cell === '.' || cell?.trim() === ''

/**
 * The vintage in the name of the value column, as in PAYEMS_20251120. fredgraph.csv has none: it shows today's figures.
 */
export const stampOf = (payload: Payload, column: string): string | undefined => {
  const [, series, stamp] = /^(.+?)(?:_(\d{8}))?$/.exec(column) ?? []
  if (series !== 'value' && series !== payload.key.toLowerCase())
    throw changed(payload, `the value column is ${column}`)
  return stamp?.replace(/(\d{4})(\d\d)(\d\d)/, '$1-$2-$3')
}

/** Names of the date and the value column, in lower case, and the vintage that the header is stamped with. */
export const headerOf = (payload: Payload, text: string) => {
  const [dateColumn = '', valueColumn = ''] = (text.split(/\r?\n/, 1)[0] ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
  if (!['date', 'observation_date'].includes(dateColumn))
    throw changed(payload, `no column observation_date; the first is "${dateColumn}"`)
  return { dateColumn, valueColumn }
}

/** The vintage of the file. It must be the one that was asked for. */
export const vintageOf = (payload: Payload, valueColumn: string): string | undefined => {
  const vintage = stampOf(payload, valueColumn)
  const wanted = payload.url && new URL(payload.url).searchParams.get('vintage_date')
  if (wanted && vintage !== wanted)
    throw changed(payload, `asked for vintage ${wanted}, the header is stamped ${vintage}`)
  return vintage
}

/**
 * The vintages to request, one per call: the last session of each week in the window, and the window's last session.
 */
export const vintages = ({ from, to }: Window): string[] => {
  const sessions = sessionsBetween(from, to).map((each) => each.session)
  return sessions.filter((session, i) => {
    const next = sessions[i + 1]
    return !next || new Date(next).getUTCDay() < new Date(session).getUTCDay()
  })
}
