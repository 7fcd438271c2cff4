/** Record: the frozen scores of the evening, written once, and what followed the earlier ones. */
import { frozenScores } from '../../../schemas/scores/index.ts'
import { scoreRecord } from '../../../schemas/tables/score_record.ts'
import { crashPrecursors } from '../../../schemas/views/composite/crash_precursors.ts'
import { labelForwardDrawdown } from '../../../schemas/views/labels/label_forward_drawdown.ts'
import { record } from '../../record/record.ts'
import { objectsOf, stepNamed } from '../step.ts'

export const recordStep = stepNamed('record', {
  reads: [...frozenScores.map(({ view }) => view), crashPrecursors, labelForwardDrawdown, scoreRecord],
  writes: [objectsOf(scoreRecord)],
  perform: record,
})
