/** Settings of a deployment, from the context of the CDK app (`-c name=value`, or cdk.json). */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Node } from 'constructs'
import { parseUniverse } from '../core/universe.ts'
import { parseWatch, type WatchSettings } from '../evening/message/config.ts'

export interface Settings {
  /** Address that receives alarms and failed runs; without it, nobody does. */
  readonly alarmEmail?: string
  /** Address that receives the message of each evening; without it, nobody does. */
  readonly eveningEmail?: string
  /** Language and levels of that message. */
  readonly watch: WatchSettings
  /** Monthly budget in US dollars. The topic is notified near it. */
  readonly monthlyBudget: number
  /** File of the universe to follow. */
  readonly universe: string
  /** First year of the catalog. Athena does not see older objects. */
  readonly firstYear: number
  /** Processor of the functions: `arm64`, or `x86_64` if the emulator runs them on such a machine. */
  readonly architecture: 'arm64' | 'x86_64'
}

/** New York times, outside the hour that daylight saving skips or repeats. */
export const times = {
  eveningRun: '18:30',
  firstReleases: '08:31',
  lateness: '20:30',
} as const

export const settingsOf = (node: Node): Settings => {
  const text = (name: string): string | undefined => node.tryGetContext(name) || undefined
  const architecture = text('architecture') ?? 'arm64'
  if (architecture !== 'arm64' && architecture !== 'x86_64')
    throw new Error(`architecture ${architecture}: expected arm64 or x86_64`)
  const monthlyBudget = Number(text('monthlyBudget') ?? 5)
  if (!(monthlyBudget > 0)) throw new Error(`monthlyBudget ${text('monthlyBudget')}: expected US dollars, such as 5`)
  const firstYear = Number(text('firstYear') ?? 1990)
  if (!Number.isInteger(firstYear)) throw new Error(`firstYear ${text('firstYear')}: expected a year, such as 1990`)
  const universe = text('universe') ?? fileURLToPath(new URL('../universe.json', import.meta.url))
  parseUniverse(readFileSync(universe, 'utf8'), universe)
  const alarmEmail = text('alarmEmail')
  const eveningEmail = text('eveningEmail')
  const watchFile = text('watch') ?? fileURLToPath(new URL('../watch.json', import.meta.url))
  const watch = parseWatch(readFileSync(watchFile, 'utf8'), watchFile)
  return {
    ...(alarmEmail ? { alarmEmail } : {}),
    ...(eveningEmail ? { eveningEmail } : {}),
    watch,
    monthlyBudget,
    firstYear,
    universe,
    architecture,
  }
}
