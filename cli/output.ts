/** All that the command line writes: without secrets, and with control characters shown instead of sent. */
import { printable } from '../core/printable.ts'
import { redacted } from '../core/secrets.ts'
import { exitCodes } from './exit-codes.ts'

/** Bold, dim, underlined and their ends: the styles of our own pages, on a terminal only. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it looks for these characters
const ownStyle = /(\x1b\[(?:1|2|4|22|24)m)/

const shown = (text: string, { isTTY }: { isTTY?: boolean }): string => {
  const parts = isTTY ? redacted(text).split(ownStyle) : [redacted(text)]
  // With the separator captured, every second part is a style.
  return parts.map((part, i) => (i % 2 ? part : printable(part))).join('')
}

/** Writes an answer to standard output. */
export const say = (text: string): void => void process.stdout.write(shown(text, process.stdout))

/** Writes an answer for a program, such as Parquet, to standard output as it is. */
export const sayBytes = (bytes: Uint8Array): void => void process.stdout.write(bytes)

/** Writes a notice or an error to standard error. */
export const tell = (text: string): void => void process.stderr.write(shown(text, process.stderr))

const closed = ['EPIPE', 'ERR_STREAM_DESTROYED']

/** A reader that has seen enough, such as `head`, is not an error. The command goes on: it may be landing data. */
export const outliveReaders = (): void => {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (closed.includes(error.code ?? '')) return
      if (stream === process.stdout) tell(`the answer could not be written: ${error.code}\n`)
      process.once('exit', () => {
        process.exitCode = exitCodes.failed
      })
    })
}
