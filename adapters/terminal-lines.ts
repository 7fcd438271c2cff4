/** Lines of a user at a terminal, with a history that is kept between sessions; or the lines of a pipe. */
import { readFile, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

export interface LineReader {
  /** The text before the next line. */
  readonly prompt: () => string
  readonly complete: (line: string) => [completions: string[], word: string]
  /** Takes a line. False ends the reading. `aside` does work with a program that needs the terminal itself. */
  readonly take: (line: string, aside: Aside) => Promise<boolean>
  /** Ctrl-C. */
  readonly interrupt: () => void
}

export type Aside = <T>(work: () => Promise<T>) => Promise<T>

const mostLines = 1000

const historyFile = (): string => process.env.PRECURSOR_HISTORY || join(homedir(), '.precursor_history')

export const readLines = async ({ prompt, complete, take, interrupt }: LineReader): Promise<void> => {
  const isTerminal = Boolean(process.stdin.isTTY)
  const history = isTerminal ? await readFile(historyFile(), 'utf8').catch(() => '') : ''
  const reader = createInterface({
    input: process.stdin,
    output: process.stdout,
    terminal: isTerminal,
    completer: complete,
    history: history.split('\n').filter(Boolean),
    historySize: mostLines,
    removeHistoryDuplicates: true,
  })
  const show = () => {
    if (!isTerminal) return
    reader.setPrompt(prompt())
    reader.prompt()
  }
  reader.on('history', (lines: string[]) => {
    // Two shells may write at once: the last one wins, and nothing but its history is lost.
    writeFile(historyFile(), `${lines.join('\n')}\n`, { mode: 0o600 }).catch(() => undefined)
  })
  let isTaking = false
  reader.on('SIGINT', () => {
    interrupt()
    process.stdout.write('\n')
    if (!isTaking) show()
  })
  const aside: Aside = async (work) => {
    reader.pause()
    if (isTerminal) process.stdin.setRawMode(false)
    try {
      return await work()
    } finally {
      if (isTerminal) process.stdin.setRawMode(true)
      reader.resume()
    }
  }
  show()
  for await (const line of reader) {
    isTaking = true
    if (!(await take(line, aside))) break
    isTaking = false
    show()
  }
  reader.close()
}
