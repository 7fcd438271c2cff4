/** Facts that the Nasdaq sources share. */
import { z } from 'zod'
import { browserHeaders, type Payload } from '../source.ts'
import { changed, jsonOf } from './wire.ts'

export const nasdaqApi = {
  licence: 'Undocumented site endpoint; site terms apply, no redistribution.',
  hosts: ['api.nasdaq.com'],
  rate: { requests: 1, seconds: 1 },
  headers: { ...browserHeaders, accept: 'application/json, text/plain, */*', origin: 'https://www.nasdaq.com' },
  extension: 'json',
} as const

const answer = <T extends z.ZodType>(data: T) =>
  z.object({ data: data.nullable(), status: z.object({ rCode: z.number() }) })

/** What the answer holds; the site says inside of HTTP 200 whether it has anything. */
export const dataOf = <T extends z.ZodType>(payload: Payload, shape: T): NonNullable<z.output<T>> => {
  const { data, status } = jsonOf(payload, answer(shape)) as { data: z.output<T> | null; status: { rCode: number } }
  if (status.rCode !== 200 || !data) throw changed(payload, `status ${status.rCode} without data`)
  return data
}
