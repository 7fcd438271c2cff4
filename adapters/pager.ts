/** Shows a long or wide text by the pager of the user, as psql and git do. */
import { spawn } from 'node:child_process'

/** Lines are not folded, and a text that fits ends the pager at once. */
const lessOptions = '-FRSX'

export const pagerOf = (env: Readonly<Record<string, string | undefined>>): string =>
  env.PRECURSOR_PAGER ?? env.PAGER ?? 'less'

/** Whether a text is higher or wider than a terminal. */
export const isLarger = (
  text: string,
  { rows, columns }: { readonly rows: number; readonly columns: number },
): boolean => {
  const lines = text.split('\n')
  return lines.length >= rows || lines.some((line) => line.length > columns)
}

/** Returns false if the pager is not installed. Its exit code says nothing: a user may end it before the end of the text. */
export const page = (text: string, program: string): Promise<boolean> =>
  new Promise((resolve) => {
    const env = { ...process.env, LESS: process.env.LESS ?? lessOptions }
    const child = spawn('sh', ['-c', program], { stdio: ['pipe', 'inherit', 'inherit'], env })
    child.once('error', () => resolve(false))
    child.once('close', (code) => resolve(code !== 127))
    child.stdin.on('error', () => undefined)
    child.stdin.end(text)
  })
