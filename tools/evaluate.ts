/**
 * `npm run evaluation`: evaluates a lake of the real series in the shared folder and writes docs/evaluation.md and its charts.
 * `npm run evaluation -- FOLDER` takes a lake that holds these series already.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { localPlatform } from '../adapters/local.ts'
import { parseUniverse } from '../core/universe.ts'
import { earlyWarningReport } from '../evaluate/early-warning-report.ts'
import { evaluate } from '../evaluate/evaluate.ts'
import { type Answer, evaluateIdea } from '../evaluate/evaluate-idea.ts'
import { protocol } from '../evaluate/protocol.ts'
import { evaluationReport } from '../evaluate/report.ts'
import { placesOf } from '../pipeline/compute/percentiles.ts'
import type { Lake } from '../pipeline/lake/lake.ts'
import { openLake } from '../pipeline/lake/open.ts'
import { deriveAll, fillWithRealSeries } from '../tests/support/real-lake.ts'
import { rocChart, type YearPoint, yearsChart } from './evaluation-charts.ts'

const years = ['2011', '2015', '2018', '2020', '2022', '2024', '2025']
const write = (name: string, text: string) => writeFileSync(new URL(`../docs/${name}`, import.meta.url), text)

const yearPoints = async (lake: Lake): Promise<YearPoint[]> => {
  const from = `early_warning e left join label_forward_drawdown l on l.session = e.session and l.symbol = 'GSPC' where e.early_warning is not null order by e.session`
  const sessions = await lake.engine.rows<{ session: string }>(`select e.session from ${from}`)
  const { early_warning: values, is_drawdown_5: falls } = await lake.engine.doubles(
    ['early_warning', 'is_drawdown_5'],
    from,
  )
  const places = placesOf(values, 1, protocol.fewestObservations).percentile
  return sessions.flatMap(({ session }, i) =>
    years.includes(session.slice(0, 4))
      ? [
          {
            session,
            value: values[i]!,
            isAlarm: places[i]! >= protocol.alarmPercentile,
            isBeforeFall: falls[i] === 1,
          },
        ]
      : [],
  )
}

const [given] = process.argv.slice(2)
const folder = given ?? mkdtempSync(join(tmpdir(), 'precursor-evaluation-'))
const universe = parseUniverse(readFileSync(new URL('../universe.json', import.meta.url), 'utf8'), 'universe.json')
const lake = await openLake(localPlatform({ lake: folder }), universe)
try {
  if (!given) {
    await fillWithRealSeries(lake, folder)
    await deriveAll(lake)
  }
  const asked = [
    ['GSPC', 'all', 'early_warning'],
    ['GSPC', 'calm', 'early_warning'],
    ['GSPC', 'all', 'early_warning_breadth'],
    ['GSPC', 'calm', 'early_warning_breadth'],
    ['QQQ', 'all', 'early_warning'],
    ['QQQ', 'calm', 'early_warning'],
  ] as const
  // Asked twice, so that each interval is corrected for all of them.
  let answers: Answer[] = []
  for (let round = 0; round < 2; round++) {
    answers = []
    for (const [target, subset, predictor] of asked)
      answers.push(...(await evaluateIdea(lake, { target, label: '0.05x20', subset, predictors: [predictor] })))
  }
  const calm = answers.find(({ idea, predictor }) => idea.subset === 'calm' && predictor === 'early_warning')!
  const area = (value: number) => value.toFixed(3)
  const names = [`early warning, AUC ${area(calm.trial.area)}`, `VIX alone, AUC ${area(calm.trial.vixArea)}`] as const
  write('evaluation-roc.svg', rocChart(calm.trial.curve, calm.trial.vixCurve, names))
  write('evaluation-years.svg', yearsChart(await yearPoints(lake)))
  const composite = evaluationReport(await evaluate(lake))
    .replace(/^# Evaluation$/m, '# The composite score: how unusual an evening is')
    .replace(/^#/gm, '##')
  write(
    'evaluation.md',
    `${earlyWarningReport(answers, { roc: 'evaluation-roc.svg', years: 'evaluation-years.svg' })}\n${composite}`,
  )
} finally {
  await lake.close()
  if (!given) rmSync(folder, { recursive: true, force: true })
}
