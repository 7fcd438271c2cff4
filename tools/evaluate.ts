/** `npm run evaluation`: evaluates a lake of the real series in the shared folder and writes docs/evaluation.md. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { localPlatform } from '../adapters/local.ts'
import { parseUniverse } from '../core/universe.ts'
import { evaluate } from '../evaluate/evaluate.ts'
import { evaluationReport } from '../evaluate/report.ts'
import { openLake } from '../pipeline/lake/open.ts'
import { deriveAll, fillWithRealSeries } from '../tests/support/real-lake.ts'

const folder = mkdtempSync(join(tmpdir(), 'precursor-evaluation-'))
const universe = parseUniverse(readFileSync(new URL('../universe.json', import.meta.url), 'utf8'), 'universe.json')
const lake = await openLake(localPlatform({ lake: folder }), universe)
try {
  await fillWithRealSeries(lake, folder)
  await deriveAll(lake)
  writeFileSync(new URL('../docs/evaluation.md', import.meta.url), evaluationReport(await evaluate(lake)))
} finally {
  await lake.close()
  rmSync(folder, { recursive: true, force: true })
}
