/** `precursor doctor`: configuration, keys, reachability, freshness and what the lake says of itself, disk. */
import type { Command } from 'commander'
import type { RecentRun } from '../../adapters/aws-operator.ts'
import type { Deployment } from '../../core/deployment.ts'
import { messageOf } from '../../core/errors.ts'
import type { Lake } from '../../pipeline/lake/lake.ts'
import { yearIn } from '../../pipeline/silver/partitions.ts'
import { silverVersions } from '../../pipeline/silver/staleness.ts'
import { tables } from '../../schemas/tables/index.ts'
import { sources } from '../../sources/index.ts'
import { exitCodes } from '../exit.ts'
import { losses, verification } from '../integrity-findings.ts'
import { pasteable } from '../invocation.ts'
import { type Finding, freshness, trust } from '../lake-findings.ts'
import { say } from '../output.ts'
import { deploymentOf, type GlobalOptions, optionsOf, universePlace, withLake } from '../session.ts'
import { commandNamed } from './list.ts'

const configuration = (lake: Lake, place: string | undefined): Finding[] => {
  const { universe, platform } = lake
  return [
    { mark: 'ok', text: `lake ${platform.store.location}` },
    {
      mark: 'ok',
      text: `universe ${place ?? '(the default one: `precursor init` writes a file to change)'}: ${universe.etfs.length + universe.stocks.length + universe.indices.length} symbols, ${universe.funds.length} funds, ${universe.filers.length} filers`,
    },
    universe.contact
      ? { mark: 'ok', text: `contact for the SEC: ${universe.contact}` }
      : { mark: 'note', text: 'the universe has no contact: the SEC sources will not be asked' },
  ]
}

const keys = (lake: Lake): Promise<Finding[]> =>
  Promise.all(
    sources
      .flatMap((source) => (source.secret ? [{ source, secret: source.secret }] : []))
      .map(async ({ source, secret }): Promise<Finding> => {
        let present: boolean
        try {
          present = Boolean(await lake.platform.secret(secret.name))
        } catch (error) {
          return { mark: 'bad', text: `${source.name}: ${messageOf(error)}` }
        }
        if (present) return { mark: 'ok', text: `key ${secret.name} is set (${source.name})` }
        const without = secret.required ? 'the source is skipped without it' : 'the keyless way is used'
        return { mark: 'note', text: `key ${secret.name} is not set (${source.name}): ${without}` }
      }),
  )

const reachability = async (lake: Lake): Promise<Finding[]> => {
  const hosts = [...new Set(sources.flatMap((source) => source.hosts))]
  return Promise.all(
    hosts.map(async (host): Promise<Finding> => {
      try {
        const rate = { requests: 1, seconds: 1 }
        const { status } = await lake.platform.fetch({
          url: `https://${host}/`,
          hosts: [host],
          maxBytes: 4 * 1024 * 1024,
          rate,
        })
        return { mark: 'ok', text: `${host} answers (HTTP ${status})` }
      } catch (error) {
        return { mark: 'bad', text: messageOf(error) }
      }
    }),
  )
}

const disk = async (lake: Lake): Promise<Finding[]> => {
  const free = await lake.platform.freeBytes()
  if (free === undefined) return []
  const gigabytes = free / 1024 ** 3
  return [{ mark: gigabytes < 1 ? 'bad' : 'ok', text: `${gigabytes.toFixed(1)} GiB of disk left` }]
}

/** How the last runs of a deployment ended, and whether Athena sees all that is there. */
const deploymentFindings = async (lake: Lake, options: GlobalOptions): Promise<Finding[]> => {
  if (!options.aws) return []
  const { recentRuns } = await import('../../adapters/aws-operator.ts')
  const deployment = await deploymentOf(options)
  return [...(await beforeCatalog(lake, deployment)), ...recent(await recentRuns(deployment, 5))]
}

/** Objects older than the catalog are in the lake and not in Athena's answers. */
const beforeCatalog = async (lake: Lake, { firstYear }: Deployment): Promise<Finding[]> => {
  const objects = await silverVersions(lake.platform.store)
  const first = Math.min(
    ...tables
      .filter(({ origin, firstYear: own }) => origin === 'payloads' && own === undefined)
      .flatMap(({ name }) => [...(objects.get(name)?.keys() ?? [])].map(yearIn)),
  )
  const unseen = tables.flatMap(({ name, partition, firstYear: own = firstYear }): Finding[] => {
    const earliest = Math.min(...[...(objects.get(name)?.keys() ?? [])].map(yearIn))
    if (partition !== 'session' || earliest >= own) return []
    const text = `Athena looks up sessions of ${name} from ${own}, the lake begins in ${earliest}: set firstYear in schemas/tables/${name}.ts and deploy`
    return [{ mark: 'bad', text }]
  })
  if (first >= firstYear) return unseen
  const text = `Athena looks up years from ${firstYear}, the lake begins in ${first}: deploy with -c firstYear=${first}`
  return [{ mark: 'bad', text }, ...unseen]
}

const recent = (runs: readonly RecentRun[]): Finding[] => {
  if (runs.length === 0) return [{ mark: 'note', text: 'the state machine has not run yet: try `precursor --aws run`' }]
  return runs.map(({ execution, status, startedAt }) => ({
    mark: ['SUCCEEDED', 'RUNNING'].includes(status) ? 'ok' : 'bad',
    text: `execution ${execution} of ${startedAt}: ${status.toLowerCase()}`,
  }))
}

/** The findings, or the error as the only one, so that what follows is still printed. */
const orFinding = async (work: () => Promise<Finding[]>): Promise<Finding[]> => {
  try {
    return await work()
  } catch (error) {
    return [{ mark: 'bad', text: messageOf(error) }]
  }
}

export const doctorCommand = () =>
  commandNamed('doctor')
    .option('--offline', 'do not ask the sources')
    .option('--verify', 'read every object and compare it with the hash that was recorded when it was written')
    .addHelpText(
      'after',
      '\nExamples:\n  precursor doctor\n  precursor doctor --offline\n  precursor doctor --offline --verify',
    )
    .action(({ offline, verify }: { offline?: boolean; verify?: boolean }, command: Command) =>
      withLake(
        optionsOf(command),
        async (lake) => {
          const findings = [
            { mark: 'ok' as const, text: `Node ${process.version}` },
            ...configuration(lake, universePlace(optionsOf(command))),
            ...(await keys(lake)),
            ...(await disk(lake)),
            ...(await deploymentFindings(lake, optionsOf(command))),
            ...(verify ? await verification(lake) : await losses(lake)),
            ...(await orFinding(() => freshness(lake))),
            ...(await orFinding(() => trust(lake))),
            ...(offline ? [] : await reachability(lake)),
          ]
          for (const { mark, text } of findings) say(`${mark.padEnd(5)} ${pasteable(text)}\n`)
          if (findings.some(({ mark }) => mark === 'bad')) process.exitCode = exitCodes.failed
        },
        { need: 'any' },
      ),
    )
