/** Lands the stored payloads of one decoder and reports the outcome. */
import { messageOf } from '../../core/errors.ts'
import { failedWith, type Outcome } from '../../core/outcome.ts'
import type { Lake } from '../lake/lake.ts'
import type { Decoder } from '../landing/decoder.ts'
import type { LandingReport } from '../landing/land.ts'

export interface Landed extends Outcome {
  /** True if the payloads changed an object of the lake. */
  readonly hasNews: boolean
}

export const landPayloads = async (
  lake: Lake,
  decoder: Decoder,
  land: (lake: Lake, decoder: Decoder) => Promise<LandingReport>,
  fetchFailures: readonly string[] = [],
): Promise<Landed> => {
  try {
    const report = await land(lake, decoder)
    const errors = [...fetchFailures, ...report.refusals]
    return {
      subject: decoder.source,
      status: errors.length ? 'failed' : report.rejectedCount ? 'rejections' : 'ok',
      rowCount: report.rowCount,
      rejectedCount: report.rejectedCount,
      ...(report.leftOutCount ? { leftOutCount: report.leftOutCount } : {}),
      error: summary(errors),
      hasNews: Object.keys(report.changed).length > 0,
    }
  } catch (error) {
    lake.platform.log.warn({ source: decoder.source }, messageOf(error))
    return { ...failedWith(decoder.source, error), hasNews: false }
  }
}

const summary = (errors: readonly string[]) =>
  errors.length > 1 ? `${errors[0]} (and ${errors.length - 1} more; see the payloads table)` : (errors[0] ?? null)
