/** Facts that the Nasdaq sources share. */
import * as z from 'zod'
import { emptyAnswer } from '../../schemas/empty-answers.ts'
import { browserHeaders, type Payload } from '../source.ts'
import { changed, jsonOf } from './wire.ts'

export const nasdaqApi = {
  licence: 'Undocumented site endpoint; site terms apply, no redistribution.',
  hosts: ['api.nasdaq.com'],
  rate: { requests: 1, seconds: 1 },
  headers: { ...browserHeaders, accept: 'application/json, text/plain, */*', origin: 'https://www.nasdaq.com' },
  extension: 'json',
} as const

const status = z.object({
  rCode: z.number(),
  bCodeMessage: z.array(z.object({ code: z.number() })).nullish(),
})
type Status = z.output<typeof status>
/** "No record found": the day asked for has no rows. */
const noRecord = 1002

/** What the answer holds, or undefined if the site says that it has no record. It says so inside of HTTP 200. */
export const dataIfAny = <T extends z.ZodType>(payload: Payload, shape: T): NonNullable<z.output<T>> | undefined => {
  const answer = jsonOf(payload, z.object({ data: shape.nullable(), status })) as {
    data: z.output<T> | null
    status: Status
  }
  const { rCode, bCodeMessage } = answer.status
  if (rCode === 200 && answer.data) return answer.data
  if (rCode === 200 && bCodeMessage?.some(({ code }) => code === noRecord)) return undefined
  throw changed(payload, `status ${rCode} without data`)
}

/** What the answer holds; without a record it is refused. */
export const dataOf = <T extends z.ZodType>(payload: Payload, shape: T): NonNullable<z.output<T>> => {
  const data = dataIfAny(payload, shape)
  if (!data) throw changed(payload, emptyAnswer.noRecord)
  return data
}
