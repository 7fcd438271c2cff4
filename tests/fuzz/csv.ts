/** Mutations of the lines, columns and cells of a CSV. */
import { parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'
import { firstDataLine, isTextColumn } from './bytes.ts'
import { type Draws, type Family, type Mutation, textOf } from './mutation.ts'
import type { Seed } from './seed.ts'

interface Sheet {
  /** Lines before the header, as they are. */
  readonly before: string
  readonly header: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

const read = (seed: Seed): Sheet => {
  const text = textOf(seed)
  const lines = text.split('\n')
  const first = firstDataLine(lines) - 1
  const [header = [], ...rows] = parse(lines.slice(first).join('\n'), { skip_empty_lines: true }) as string[][]
  return {
    before: lines
      .slice(0, first)
      .map((line) => `${line}\n`)
      .join(''),
    header,
    rows,
  }
}

const written = ({ before, header, rows }: Sheet): Uint8Array =>
  Buffer.from(before + stringify([[...header], ...rows.map((row) => [...row])]))

const order = (length: number, draws: Draws): number[] => {
  const items = Array.from({ length }, (_, i) => i)
  for (let i = length - 1; i > 0; i--) {
    const j = draws.below(i + 1)
    ;[items[i], items[j]] = [items[j]!, items[i]!]
  }
  return items
}

const rowsReordered = (seed: Seed, draws: Draws): Mutation => {
  const sheet = read(seed)
  const rows = order(sheet.rows.length, draws).map((i) => sheet.rows[i]!)
  return { kind: 'rows reordered', what: 'rows in another order', body: written({ ...sheet, rows }), isSame: true }
}

const columnsReordered = (seed: Seed, draws: Draws): Mutation => {
  const { before, header, rows } = read(seed)
  const to = order(header.length, draws)
  const moved = (cells: readonly string[]) => to.map((i) => cells[i]!)
  return {
    kind: 'columns reordered',
    what: `columns ${moved(header)}`,
    body: written({ before, header: moved(header), rows: rows.map(moved) }),
  }
}

const columnRenamed = (seed: Seed, draws: Draws): Mutation => {
  const sheet = read(seed)
  const at = draws.below(sheet.header.length)
  const header = sheet.header.map((name, i) => (i === at ? `${name}_v2` : name))
  return {
    kind: 'column renamed',
    what: `column ${sheet.header[at]} is ${header[at]}`,
    body: written({ ...sheet, header }),
  }
}

const columnGone = (seed: Seed, draws: Draws): Mutation => {
  const { before, header, rows } = read(seed)
  const at = draws.below(header.length)
  const without = (cells: readonly string[]) => cells.filter((_, i) => i !== at)
  return {
    kind: 'column gone',
    what: `no column ${header[at]}`,
    body: written({ before, header: without(header), rows: rows.map(without) }),
    ...(seed.isImport ? { mayBeOther: 'blank' as const } : {}),
  }
}

const columnTwice = (seed: Seed, draws: Draws): Mutation => {
  const { before, header, rows } = read(seed)
  const at = draws.below(header.length)
  const isFirst = draws.below(2) === 0
  const put = (cells: readonly string[], cell: string) => (isFirst ? [cell, ...cells] : [...cells, cell])
  return {
    kind: 'column twice',
    what: `column ${header[at]} again ${isFirst ? 'before' : 'after'} the others, with cells of the next row`,
    body: written({
      before,
      header: put(header, header[at]!),
      rows: rows.map((row, i) => put(row, rows[(i + 1) % rows.length]![at]!)),
    }),
  }
}

const rowTwice = (seed: Seed, draws: Draws): Mutation => {
  const sheet = read(seed)
  const at = draws.below(sheet.rows.length)
  return {
    kind: 'row twice',
    what: `row ${at + 1} twice`,
    body: written({ ...sheet, rows: [...sheet.rows, sheet.rows[at]!] }),
  }
}

const cellCount = (seed: Seed, draws: Draws): Mutation => {
  const sheet = read(seed)
  const at = draws.below(sheet.rows.length)
  const isMore = draws.below(2) === 1
  const rows = sheet.rows.map((row, i) => (i !== at ? row : isMore ? [...row, '1'] : row.slice(0, -1)))
  return {
    kind: 'cell count',
    what: `row ${at + 1} has a cell ${isMore ? 'more' : 'less'}`,
    body: written({ ...sheet, rows }),
  }
}

const numbers = [
  '1e999',
  '-1e999',
  'NaN',
  'Infinity',
  '1e308',
  '1152921504606846977',
  '9007199254740993',
  '1_000',
  '"1,5"',
  '0x10',
  '１２',
  '1e-400',
  'N/A',
  '--',
  '1.2.3',
  '12abc',
  ' ',
]

const isNumber = (cell: string) => /^-?\d+(\.\d+)?$/.test(cell)

const cellOther = (seed: Seed, draws: Draws): Mutation | undefined => {
  const sheet = read(seed)
  const places = sheet.rows.flatMap((row, r) =>
    row.flatMap((cell, c) => (isNumber(cell) && !isTextColumn(seed, sheet.header[c]) ? [[r, c] as const] : [])),
  )
  const place = draws.of(places)
  if (!place) return undefined
  const put = draws.of(numbers)!
  const rows = sheet.rows.map((row, r) =>
    row.map((cell, c) => (r === place[0] && c === place[1] ? put.replaceAll('"', '') : cell)),
  )
  const reason = ['1e308', '1152921504606846977', '9007199254740993', '1e-400'].includes(put)
    ? 'wide'
    : [' ', '--', 'N/A'].includes(put)
      ? 'blank'
      : undefined
  return {
    kind: 'number widened',
    what: `${sheet.header[place[1]]} of row ${place[0] + 1}: ${sheet.rows[place[0]]![place[1]]} is ${put}`,
    body: written({ ...sheet, rows }),
    ...(reason ? { mayBeOther: reason } : {}),
  }
}

const negated = (seed: Seed, draws: Draws): Mutation | undefined => {
  const sheet = read(seed)
  const place = draws.of(
    sheet.rows.flatMap((row, r) =>
      row.flatMap((cell, c) => (isNumber(cell) && Number(cell) > 0 ? [[r, c] as const] : [])),
    ),
  )
  if (!place) return undefined
  const rows = sheet.rows.map((row, r) => row.map((cell, c) => (r === place[0] && c === place[1] ? `-${cell}` : cell)))
  return {
    kind: 'number negated',
    what: `${sheet.header[place[1]]} of row ${place[0] + 1} is -${sheet.rows[place[0]]![place[1]]}`,
    body: written({ ...sheet, rows }),
    mayBeOther: 'sign',
  }
}

const dates = ['0001-01-01', '9999-12-31', '2025-02-30', '2025-11-20T00:00', '20/11/2025', '45981', '1e3']

const dateOther = (seed: Seed, draws: Draws): Mutation | undefined => {
  const sheet = read(seed)
  const place = draws.of(
    sheet.rows.flatMap((row, r) =>
      row.flatMap((cell, c) => (/^(\d{4}-\d\d-\d\d|\d+\/\d+\/\d{4})$/.test(cell) ? [[r, c] as const] : [])),
    ),
  )
  if (!place) return undefined
  const put = draws.of(dates)!
  const rows = sheet.rows.map((row, r) => row.map((cell, c) => (r === place[0] && c === place[1] ? put : cell)))
  return {
    kind: 'date out of range',
    what: `${sheet.header[place[1]]} of row ${place[0] + 1}: ${sheet.rows[place[0]]![place[1]]} is ${put}`,
    body: written({ ...sheet, rows }),
  }
}

const dialect = (seed: Seed, draws: Draws): Mutation => {
  const { before, header, rows } = read(seed)
  const delimiter = draws.of([';', '\t', '|'])!
  return {
    kind: 'another delimiter',
    what: `cells parted by ${JSON.stringify(delimiter)}`,
    body: Buffer.from(before + stringify([[...header], ...rows.map((row) => [...row])], { delimiter })),
  }
}

const quoteOpen = (seed: Seed, draws: Draws): Mutation => {
  const text = textOf(seed)
  const commas = [...text.matchAll(/[,\n]/g)].map(({ index }) => index)
  const at = draws.of(commas)! + 1
  return {
    kind: 'quote opened',
    what: `a quote opened at ${at} and not closed`,
    body: Buffer.from(`${text.slice(0, at)}"${text.slice(at)}`),
  }
}

const trailing = (seed: Seed, draws: Draws): Mutation => {
  const put = draws.of([',', ' ', '\t'])!
  return {
    kind: 'trailing character',
    what: `${JSON.stringify(put)} at the end of each line`,
    body: Buffer.from(textOf(seed).replaceAll(/(?<=[^\n])$/gm, put)),
    ...(put === ' ' ? { isSame: true } : {}),
  }
}

const lastEndGone = (seed: Seed): Mutation => ({
  kind: 'last line without its end',
  what: 'no end of the last line',
  body: Buffer.from(textOf(seed).replace(/\n$/, '')),
})

export const csvFamilies: readonly Family[] = (
  [
    ['rows reordered', rowsReordered],
    ['columns reordered', columnsReordered],
    ['column renamed', columnRenamed],
    ['column gone', columnGone],
    ['column twice', columnTwice],
    ['row twice', rowTwice],
    ['cell count', cellCount],
    ['number widened', cellOther, 2],
    ['number negated', negated],
    ['date out of range', dateOther],
    ['another delimiter', dialect],
    ['quote opened', quoteOpen],
    ['trailing character', trailing],
    ['last line without its end', lastEndGone],
  ] as const
).map(([kind, mutate, share]) => ({ kind, formats: ['csv'], mutate, ...(share ? { share } : {}) }))
