/** Rows of the Markdown tables of docs/performance.md. */
import type { Measured } from './measured.ts'

export const row = (...cells: readonly string[]) => `| ${cells.join(' | ')} |`

export const header = (...cells: readonly string[]) => `${row(...cells)}\n${row(...cells.map(() => '---'))}`

export const seconds = ({ seconds, cpu }: Pick<Measured, 'seconds' | 'cpu'>) =>
  `${seconds.toFixed(2)} s (${cpu.toFixed(2)} CPU s)`

export const megabytes = (bytes: number) => `${Math.round(bytes / 1e6).toLocaleString('en-US')} MB`

export const ratio = (ours: number, theirs: number) => `${(ours / theirs).toFixed(1)} ×`
