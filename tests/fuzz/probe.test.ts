import { writeFileSync } from 'node:fs'
import { it } from 'vitest'
import { findingsOf, mutationsOf, told } from './fuzz.ts'
import { openFuzzLake } from './fuzz-lake.ts'
import { importSeeds } from './import-seeds.ts'
import { payloadSeeds } from './payload-seeds.ts'
import { nameOf } from './seed.ts'

it('probe', async () => {
  const seeds = [...(await payloadSeeds()), ...importSeeds].filter(
    (s) => !process.env.ONLY || nameOf(s).includes(process.env.ONLY),
  )
  const lake = await openFuzzLake()
  let n = 0
  const t0 = performance.now(),
    c0 = process.cpuUsage().user
  const out: string[] = []
  for (const seed of seeds) {
    const ms = await mutationsOf(seed)
    n += ms.length
    const f = await findingsOf(lake, seed, ms)
    console.log(nameOf(seed), ms.length, f.length)
    out.push(...f.map(told))
    writeFileSync('/tmp/w8-fuzz.txt', out.join('\n') + '\n')
  }
  console.log(n, 'cases; per case wall', (performance.now() - t0) / n, 'cpu', (process.cpuUsage().user - c0) / 1000 / n)
  await lake.close()
}, 3_000_000)
