/** Evaluates predictors for any target, label and subset, and keeps the ledger of tries. */
import type { Interval } from '../core/bootstrap.ts'
import { messageOf, UsageError } from '../core/errors.ts'
import { reading } from '../pipeline/lake/current.ts'
import type { Lake } from '../pipeline/lake/lake.ts'
import { LookAheadError, quoted } from '../schemas/view.ts'
import { crashPrecursors } from '../schemas/views/composite/crash_precursors.ts'
import { notACondition, refuseCondition } from './condition.ts'
import { corrected } from './correction.ts'
import { type Predictor, predictorNamed } from './predictor.ts'
import { protocol } from './protocol.ts'
import { type Closes, drawdownsOf, type Label, outcomesOf, parseLabel } from './question.ts'
import { type Trial, trialOf } from './trial.ts'
import { digestOf, recordTries, type Try } from './tries.ts'

export interface Idea {
  readonly target: string
  readonly label: string
  /** `all`, `calm`, or a condition on columns of crash_precursors. */
  readonly subset: string
  readonly predictors: readonly string[]
  /** First session of the sample. */
  readonly from?: string
}

export interface Answer {
  readonly idea: Idea
  readonly label: Label
  readonly predictor: string
  readonly trial: Trial
  readonly correctedInterval: Interval
  /** Tries in the ledger, and alternatives that were compared before a frozen predictor was chosen. */
  readonly tries: number
  readonly alternatives: number
}

export const evaluateIdea = reading(async (lake: Lake, idea: Idea): Promise<Answer[]> => {
  refuseBlanks(idea)
  const label = parseLabel(idea.label)
  if (!isNamed(idea.subset)) await refuseCondition(lake.engine, idea.subset)
  const predictors = [...new Set(idea.predictors)].map((name) => predictorNamed(name, idea.target))
  // A stored view that is stale is computed once, and not for every predictor.
  await lake.hold([...predictors.map(({ view }) => view), ...(isNamed(idea.subset) ? [] : [crashPrecursors])])
  const closes = await closesOf(lake, idea.target)
  const outcomes = outcomesOf(closes, label)
  const isWanted = await subsetOf(lake, idea.subset, closes)
  const vix = await valuesOf(
    lake,
    "select session, close as value from volatility_indices_as_known where symbol = 'VIX'",
    closes,
  )
  const tried: (Try & { readonly predictor: Predictor })[] = []
  for (const predictor of predictors) {
    const read = await valuesOf(lake, predictor.query, closes)
    if (read.every(Number.isNaN)) throw nothingKnown(predictor, idea.target)
    const signed = read.map((value) => value * predictor.direction)
    const values = idea.from
      ? signed.map((value, i) => (closes.sessions[i]! < idea.from! ? Number.NaN : value))
      : signed
    const trial = trialOf({ ...closes, outcomes, vix, values, isWanted }, label.horizon)
    if (typeof trial === 'string') throw new UsageError(`${predictor.name}: ${trial}`)
    if (trial.suspicion) throw new LookAheadError(`${predictor.name} is refused: ${trial.suspicion}`)
    const question = { target: idea.target, label: label.text, subset: idea.subset, predictor: predictor.name }
    tried.push({ question: { ...question, values_digest: digestOf(values) }, trial, predictor })
  }
  const tries = await recordTries(lake, tried)
  return tried.map(({ predictor, trial }) => ({
    idea,
    label,
    predictor: predictor.name,
    trial,
    correctedInterval: corrected(trial.difference, trial.differenceInterval, tries + predictor.alternatives),
    tries,
    alternatives: predictor.alternatives,
  }))
})

const isNamed = (subset: string) => subset === 'all' || subset === 'calm'

const refuseBlanks = ({ target, label, subset, predictors }: Idea): void => {
  const given = { target: [target], label: [label], subset: [subset], predictor: predictors }
  for (const [option, texts] of Object.entries(given))
    if (texts.some((text) => text.trim() === '')) throw new UsageError(`--${option} is empty: ${waysOf[option]}`)
}

const waysOf: Readonly<Record<string, string>> = {
  target: 'give the symbol whose falls are ranked',
  label: 'give depth x sessions, such as 0.05x20',
  subset: 'give all, calm, or a condition on columns of crash_precursors',
  predictor: 'give a column of crash_precursors, view.column or analyst_series.name',
}

const nothingKnown = ({ name, view }: Predictor, target: string) =>
  new LookAheadError(
    `${name} has no value that was known on the evening of a session of ${target}. A series that is only known as of today, such as an index that is estimated anew every week, says nothing about earlier evenings: import its vintages, with known_at (\`precursor describe ${view.name}\`)`,
  )

const closesOf = async ({ engine }: Lake, target: string): Promise<Closes> => {
  await engine.run(
    `create or replace table main.idea_closes as
     select b.session, c.session_number, b.close from latest_bars b join calendar c on c.session = b.session
     where b.symbol = ${quoted(target)} order by b.session`,
  )
  const sessions = await engine.rows<{ session: string }>('select session from main.idea_closes order by session')
  if (sessions.length === 0) throw new UsageError(`the lake has no bars of ${target}; import or fetch them`)
  const { session_number: numbers, close: closes } = await engine.doubles(
    ['session_number', 'close'],
    'main.idea_closes order by session',
  )
  return { sessions: sessions.map(({ session }) => session), numbers, closes }
}

/** One value per session of the target. */
const valuesOf = async ({ engine }: Lake, query: string, { sessions }: Closes): Promise<Float64Array> => {
  await engine.run(`create or replace table main.idea_values as ${query}`)
  const { value } = await engine.doubles(
    ['value'],
    'main.idea_closes c left join main.idea_values v on v.session = c.session order by c.session',
  )
  if (value.length !== sessions.length) throw new UsageError('the predictor has several values for one session')
  return value
}

const subsetOf = async (lake: Lake, subset: string, closes: Closes): Promise<boolean[]> => {
  if (subset === 'all') return closes.sessions.map(() => true)
  if (subset === 'calm') return [...drawdownsOf(closes)].map((drawdown) => drawdown > -protocol.calmDrawdown)
  const chosen = `select session, case when (${subset}\n) then 1 else 0 end as value from crash_precursors`
  try {
    return [...(await valuesOf(lake, chosen, closes))].map((value) => value === 1)
  } catch (error) {
    const [reason] = messageOf(error).split('\n')
    throw notACondition(subset, reason!)
  }
}

/** The fields of the JSON answer. */
export const fieldsOf = ({ idea, label, predictor, trial, correctedInterval }: Answer) => ({
  target: idea.target,
  label: label.text,
  subset: idea.subset,
  predictor,
  from: trial.from,
  sessions: trial.sessions,
  base_rate: trial.baseRate,
  auc: trial.area,
  auc_vix: trial.vixArea,
  difference: trial.difference,
  low: trial.differenceInterval[0],
  high: trial.differenceInterval[1],
  corrected_low: correctedInterval[0],
  corrected_high: correctedInterval[1],
})
