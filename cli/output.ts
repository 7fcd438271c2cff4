/** All that the command line writes: without secrets, and with control characters shown instead of sent. */
import { relative } from 'node:path'
import { UsageError } from '../core/errors.ts'
import type { Platform } from '../core/platform.ts'
import { printable } from '../core/printable.ts'
import { redacted } from '../core/secrets.ts'
import { meaningOf } from '../core/system-errors.ts'
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

/** The text of an answer as `say` writes it, for a pager. */
export const shownAnswer = (text: string): string => shown(text, process.stdout)

/** Writes an answer for a program, such as Parquet, to standard output as it is. */
export const sayBytes = (bytes: Uint8Array): void => void process.stdout.write(bytes)

/** Writes a notice or an error to standard error. */
export const tell = (text: string): void => void process.stderr.write(shown(text, process.stderr))

/** Codes of a file that cannot be written where the user wants it. A later attempt fails too. */
const ofPlace = ['ENOENT', 'ENOTDIR', 'EISDIR', 'EACCES', 'EPERM', 'EROFS', 'ENAMETOOLONG']

/** The same error as one of usage if it says that a file cannot be written there. */
const refused = (path: string, error: unknown): unknown => {
  const { code = '' } = error as NodeJS.ErrnoException
  const reason = code === 'ENOENT' ? 'there is no such folder (ENOENT)' : meaningOf(code)
  return ofPlace.includes(code) ? new UsageError(`cannot write ${path}: ${reason}`) : error
}

/** Writes the file that an option names. */
export const writeOutput = async (platform: Platform, path: string, body: Uint8Array): Promise<void> => {
  try {
    await platform.writeScratch(path, body)
  } catch (error) {
    throw refused(path, error)
  }
}

/** Does work that writes into a folder that an option or argument names. An error of another place stays as it is. */
export const writingInto = async <T>(folder: string, work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (error) {
    const { path } = error as NodeJS.ErrnoException
    const isThere = path !== undefined && !relative(folder, path).startsWith('..')
    const isOnTheWay = path !== undefined && !relative(path, folder).startsWith('..')
    throw isThere || isOnTheWay ? refused(folder, error) : error
  }
}

const closed = ['EPIPE', 'ERR_STREAM_DESTROYED']

/** A reader that has seen enough, such as `head`, is not an error. The command goes on: it may be landing data. */
export const outliveReaders = (): void => {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (closed.includes(error.code ?? '')) return
      if (stream === process.stdout) tell(`the answer could not be written: ${meaningOf(error.code)}\n`)
      process.once('exit', () => {
        process.exitCode = exitCodes.failed
      })
    })
}
