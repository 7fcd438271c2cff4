/** A process that lands what crash-work says, and is killed at the n-th write. */
import { localPlatform } from '../../adapters/local.ts'
import type { Platform } from '../../core/platform.ts'
import { openLake } from '../../pipeline/lake/open.ts'
import { landEverything, sampleUniverse } from './crash-work.ts'

const [folder = '', killAt = '0', moment = 'before'] = process.argv.slice(2)
const platform = localPlatform({ lake: folder, now: () => new Date('2025-11-21T15:00:00Z'), environment: {} })

let writes = 0
const die = () => process.kill(process.pid, 'SIGKILL')
const mortal: Platform = {
  ...platform,
  store: {
    ...platform.store,
    put: async (...args) => {
      writes += 1
      const mine = writes
      if (mine === Number(killAt) && moment === 'before') die()
      await platform.store.put(...args)
      if (mine === Number(killAt) && moment === 'after') die()
    },
  },
}

const lake = await openLake(mortal, sampleUniverse)
await landEverything(lake)
await lake.close()
process.stdout.write(String(writes))
