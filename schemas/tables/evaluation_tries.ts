import { bigint, date, double, string } from '../column.ts'
import { defineTable, knowledge } from '../table.ts'

const fraction = { unit: 'fraction' }

export const evaluationTries = defineTable({
  name: 'evaluation_tries',
  doc: 'One row per question that `precursor evaluate` was asked on this lake: the ledger of tries. The corrected intervals widen with the number of its rows, so a try that is not reported still counts.',
  grain: ['target', 'label', 'subset', 'predictor', 'values_digest'],
  yearOf: 'known_at',
  origin: 'pipeline',
  columns: {
    target: string('Symbol whose falls were to be ranked.'),
    label: string('Depth and horizon of the fall, such as 0.05x20.'),
    subset: string('`all`, `calm` or the expression that chose the sessions.'),
    predictor: string('Column or series that was tried.'),
    values_digest: string(
      'Digest of the first 1,000 values of the predictor. Another series under the same name is another try.',
    ),
    first_session: date('First session of the sample.'),
    session_count: bigint('Number of sessions.', { unit: 'sessions' }),
    area: double('Area under the ROC curve of the predictor.', fraction),
    vix_area: double('Area under the ROC curve of VIX alone on the same sessions.', fraction),
    low_95: double('Lower end of the uncorrected 95 % interval of the difference.', fraction),
    high_95: double('Upper end of the same interval.', fraction),
    ...knowledge,
  },
})
