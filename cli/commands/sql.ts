/** `precursor sql`: an interactive shell on the lake. */
import type { Command } from 'commander'
import { isLarger, page, pagerOf } from '../../adapters/pager.ts'
import { type Aside, readLines } from '../../adapters/terminal-lines.ts'
import type { Answer } from '../../core/engine.ts'
import type { Platform } from '../../core/platform.ts'
import { reading } from '../../pipeline/lake/current.ts'
import type { Lake } from '../../pipeline/lake/lake.ts'
import { type LakeOptions, openPart } from '../../pipeline/lake/open.ts'
import { namingDamage } from '../../pipeline/silver/integrity.ts'
import { allRelations } from '../../schemas/relations.ts'
import { asOfInstant, asOfOption, instantsIn } from '../as-of.ts'
import { say, shownAnswer } from '../output.ts'
import { deploymentOf, type GlobalOptions, optionsOf, readUniverse, withPlatform } from '../session.ts'
import { completionsOf } from '../shell/completion.ts'
import { openShell, type PagedBy } from '../shell/shell.ts'
import { relationsIn } from '../statement.ts'
import { commandNamed } from './list.ts'

interface Asking {
  readonly ask: (statement: string, asOf: Date | undefined) => Promise<Answer>
  /** Stops the statement that is running, if there is one. */
  readonly stop: () => void
  readonly close: () => void
}

/** Asks the embedded engine. The lake of today stays open; one of another instant is opened for its statement. */
const askHere = async (platform: Platform, options: GlobalOptions): Promise<Asking> => {
  const universe = await readUniverse(platform, options)
  const memory = process.env.PRECURSOR_MEMORY
  const open = (more: LakeOptions) =>
    openPart(platform, universe, allRelations, { ...(memory ? { memory } : {}), calendar: false, ...more })
  let today: Promise<Lake> | undefined
  const kept = new Map<string, Promise<Lake>>()
  const lakeOf = (statement: string, asOf: Date | undefined): Promise<Lake> => {
    const instants = instantsIn(statement)
    if (!asOf && instants.length === 0) {
      today ??= open({})
      return today
    }
    const key = JSON.stringify([asOf, instants])
    const found = kept.get(key) ?? open({ ...(asOf ? { asOf } : {}), instants })
    kept.set(key, found)
    return found
  }
  let running: Lake | undefined
  let isAsking = false
  let stopping: NodeJS.Timeout | undefined
  const answer = reading(async (lake: Lake, statement: string, isEarlier: boolean) => {
    if (isEarlier) await lake.hold(relationsIn(statement, allRelations))
    return lake.engine.answer(statement)
  })
  return {
    ask: async (statement, asOf) => {
      isAsking = true
      try {
        const lake = await lakeOf(statement, asOf)
        running = lake
        const isEarlier = lake !== (await today)
        const relations = relationsIn(statement, allRelations)
        return await namingDamage(platform.store, relations, () => answer(lake, statement, isEarlier))
      } finally {
        clearInterval(stopping)
        stopping = undefined
        running = undefined
        isAsking = false
      }
    },
    // An interruption between two statements of a question has no effect, so it is repeated until the question has ended.
    stop: () => {
      if (isAsking) stopping ??= setInterval(() => running?.engine.interrupt(), 20)
    },
    close: () => {
      for (const lake of [today, ...kept.values()]) lake?.then(({ engine }) => engine.close())
    },
  }
}

/** Asks Athena; as of an earlier instant, the embedded engine over the bucket. */
const askOnAws = async (platform: Platform, options: GlobalOptions): Promise<Asking> => {
  const { openAthena } = await import('../../adapters/athena/client.ts')
  const athena = openAthena(await deploymentOf(options))
  const here = await askHere(platform, options)
  let stopping = new AbortController()
  return {
    ask: async (statement, asOf) => {
      if (asOf || instantsIn(statement).length > 0) return here.ask(statement, asOf)
      const { columns, rows } = await athena.query(statement, { signal: stopping.signal })
      const names = columns.map(({ name }) => name)
      return { columns: names, rows: rows.map((row) => names.map((name) => row[name] ?? null)) }
    },
    stop: () => {
      stopping.abort()
      stopping = new AbortController()
      here.stop()
    },
    close: here.close,
  }
}

/** Writes a text, by the pager where it is larger than the terminal. */
const show = async (text: string, aside: Aside | undefined, pagedBy: PagedBy | undefined): Promise<void> => {
  const { isTTY, rows, columns } = process.stdout
  const program = pagerOf(process.env)
  const isTerminal = isTTY && process.stdin.isTTY
  const size = { rows, columns: pagedBy === 'size' ? columns : Number.POSITIVE_INFINITY }
  const isPaged = aside && pagedBy && isTerminal && program && isLarger(text, size)
  if (!isPaged || !(await aside(() => page(shownAnswer(text), program)))) say(text)
}

const greeting =
  'Type SQL that ends with a semicolon, or the name of a saved query. \\h lists the commands, \\q ends.\n'

export const sqlCommand = () =>
  commandNamed('sql')
    .option(...asOfOption)
    .addHelpText(
      'after',
      `
The history is in ~/.precursor_history (or PRECURSOR_HISTORY). Rows that are wider than the terminal are shown as records.
An answer that is larger than the terminal is shown by a pager: PRECURSOR_PAGER, else PAGER, else less. An empty
PRECURSOR_PAGER means none. Ctrl-C stops a statement, Ctrl-D ends the shell.

Examples:
  precursor sql
  precursor sql --as-of 2025-11-20T13:29:59Z
  echo "select max(session) from daily_bars;" | precursor sql`,
    )
    .action(({ asOf }: { asOf?: string }, command: Command) => {
      const options = optionsOf(command)
      const at = asOf === undefined ? {} : { asOf: asOfInstant(asOf) }
      return withPlatform(
        options,
        async (platform) => {
          const { ask, stop, close } = await (options.aws ? askOnAws : askHere)(platform, options)
          const shell = openShell({
            ask,
            ...at,
            clock: () => performance.now(),
            width: () => process.stdout.columns ?? Number.POSITIVE_INFINITY,
          })
          const take = async (line: string, aside?: Aside): Promise<boolean> => {
            const text = await shell.take(line)
            if (text !== undefined) await show(text, aside, shell.pagedBy())
            return text !== undefined
          }
          if (process.stdin.isTTY) say(greeting)
          await readLines({
            prompt: shell.prompt,
            complete: (line) => completionsOf(line, `${shell.pending()} ${line}`),
            take,
            interrupt: () => {
              stop()
              shell.forget()
            },
          })
          // A pipe may end without a semicolon.
          if (shell.pending()) await take('')
          close()
        },
        { need: 'present' },
      )
    })
