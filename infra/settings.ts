/** Settings of a deployment, from the context of the CDK app (`-c name=value`, or cdk.json). */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Node } from 'constructs'
import { parseUniverse } from '../core/universe.ts'
import { parseWatch, type WatchSettings } from '../evening/message/config.ts'
import { isRange } from './admitted.ts'

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
  /** Gibibytes that a query of Athena may scan. One that scans more is stopped. 1 GiB costs half a cent. */
  readonly scanLimit: number
  /** Processor of the functions: `arm64`, or `x86_64` if the emulator runs them on such a machine. */
  readonly architecture: 'arm64' | 'x86_64'
  /** The site of all evenings; none is published without it. */
  readonly site?: {
    /** Ranges of the addresses that may read it. */
    readonly readers: readonly string[]
  }
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
  const scanLimit = Number(text('scanLimit') ?? 1)
  if (!Number.isInteger(scanLimit) || scanLimit < 1)
    throw new Error(`scanLimit ${text('scanLimit')}: expected whole gibibytes, such as 1`)
  const universe = text('universe') ?? fileURLToPath(new URL('../universe.json', import.meta.url))
  parseUniverse(readFileSync(universe, 'utf8'), universe)
  const alarmEmail = text('alarmEmail')
  const eveningEmail = text('eveningEmail')
  const site = siteOf(text('site'), text('siteReaders'))
  const watchFile = text('watch') ?? fileURLToPath(new URL('../watch.json', import.meta.url))
  const watch = parseWatch(readFileSync(watchFile, 'utf8'), watchFile)
  return {
    ...(alarmEmail ? { alarmEmail } : {}),
    ...(eveningEmail ? { eveningEmail } : {}),
    watch,
    monthlyBudget,
    firstYear,
    scanLimit,
    universe,
    architecture,
    ...(site ? { site } : {}),
  }
}

/** Nobody reads the site by accident: without readers there is no site, and everybody is a range that has to be written. */
const siteOf = (isWanted: string | boolean | undefined, readers: string | undefined): Settings['site'] => {
  if (isWanted !== undefined && String(isWanted) !== 'true' && String(isWanted) !== 'false')
    throw new Error(`site ${isWanted}: expected true or false`)
  if (String(isWanted) !== 'true') {
    if (readers) throw new Error('siteReaders is for a site: add -c site=true')
    return undefined
  }
  const ranges = (readers ?? '').split(',').map((range) => range.trim())
  const wrong = ranges.find((range) => !isRange(range))
  if (wrong !== undefined)
    throw new Error(
      `siteReaders ${JSON.stringify(wrong)}: expected who may read the site, as ranges of addresses with commas between them, such as 203.0.113.0/24,2001:db8::/32`,
    )
  if (ranges.length > mostRanges) throw new Error(`siteReaders has ${ranges.length} ranges; the most are ${mostRanges}`)
  return { readers: ranges }
}

/** A function of CloudFront has a limit of time for each request. */
const mostRanges = 50
