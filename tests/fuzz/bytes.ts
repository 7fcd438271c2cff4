/** Mutations of the bytes, whatever the format. */
import { gzipSync } from 'node:zlib'
import { tables } from '../../schemas/tables/index.ts'
import { type Draws, type Family, type Mutation, type Reason, spliced, textOf } from './mutation.ts'
import type { Format, Seed } from './seed.ts'

const texts: readonly Format[] = ['csv', 'txt', 'json', 'ics', 'html']
const all: readonly Format[] = [...texts, 'xlsx']

/** First line of a CSV whose cells are data. */
export const firstDataLine = (lines: readonly string[]): number => {
  const heading = lines.findIndex((line) => /^DATE,/i.test(line))
  return Math.max(heading, 0) + 1
}

/** Places in a text that hold a value rather than a name or a mark of the format. */
export const valueSpans = (text: string, format: Format): readonly (readonly [from: number, to: number])[] => {
  const spans: [number, number][] = []
  if (format === 'json') {
    for (const found of text.matchAll(/"((?:[^"\\]|\\.)*)"(\s*:)?|-?\d[\d.eE+-]*/g)) {
      if (found[2] !== undefined) continue
      const isText = found[1] !== undefined
      spans.push([found.index + (isText ? 1 : 0), found.index + found[0].length - (isText ? 1 : 0)])
    }
  } else if (format === 'txt') {
    for (const found of text.slice(text.indexOf('\n')).matchAll(/[^|\n]+/g)) {
      const from = text.indexOf('\n') + found.index
      spans.push([from, from + found[0].length])
    }
  } else if (format === 'csv') {
    const lines = text.split('\n')
    let at = 0
    for (const [i, line] of lines.entries()) {
      if (i >= firstDataLine(lines)) {
        for (const found of line.matchAll(/"([^"]*)"|[^,]+/g)) {
          const isQuoted = found[1] !== undefined
          spans.push([at + found.index + (isQuoted ? 1 : 0), at + found.index + found[0].length - (isQuoted ? 1 : 0)])
        }
      }
      at += line.length + 1
    }
  } else if (format === 'ics') {
    for (const found of text.matchAll(/^[A-Z-]+(?:;[^:\n]*)?:(.*)$/gm)) {
      if (/^(BEGIN|END)/.test(found[0])) continue
      spans.push([found.index + found[0].length - found[1]!.length, found.index + found[0].length])
    }
  } else {
    for (const found of text.matchAll(/>([^<]+)</g)) spans.push([found.index + 1, found.index + 1 + found[1]!.length])
  }
  return spans
}

const isDigit = (char: string) => /\d/.test(char)
const number = String.raw`[-+]?\$?\d[\d,]*(\.\d+)?([eE][-+]?\d+)?[KMB%]?`
const day = String.raw`\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}/\d{4}|\d{8}`
const clock = String.raw`[T ]?\d{1,2}:?\d\d(:?\d\d)?(\.\d+)?`
const exact = new RegExp(`^(${number}|(${day})(${clock})?(Z|[-+]\\d\\d:?\\d\\d| [AP]M)?|${clock})$`)
/** A number, an amount, a date or a time, where only a digit may take the place of a digit. */
export const looksExact = (value: string) => exact.test(value)

/** Whether a cell of an import stands in a column of text, whatever it looks like. */
export const isTextColumn = (seed: Seed, name: string | undefined): boolean =>
  seed.isImport && tables.find((table) => table.name === seed.origin)?.columns[name ?? '']?.type === 'varchar'

/** Name of the column at a place of an import without quoted commas before it in its line. */
const columnAt = (text: string, at: number): string | undefined => {
  const header = text.slice(0, text.indexOf('\n')).split(',')
  const line = text.slice(text.lastIndexOf('\n', at - 1) + 1, at).replaceAll(/"[^"]*"?/g, '')
  return header[line.split(',').length - 1]
}

/** Why a changed character may go unseen. */
const reasonFor = (seed: Seed, text: string, at: number, put: string): Reason | undefined => {
  const was = text[at]!
  const span = valueSpans(text, seed.format).find(([from, to]) => at >= from && at < to)
  // Digits also stand in the links of a page, which name a meeting or a speech.
  if (isDigit(was) && isDigit(put)) return span || seed.format === 'html' ? 'digit' : undefined
  if (!/[ -~]/.test(put)) return undefined
  // A key of one item under another name is as good as absent there.
  if (!span) return seed.format === 'json' ? 'blank' : undefined
  if (looksExact(text.slice(...span)) && !isTextColumn(seed, columnAt(text, at))) return undefined
  const marks: Readonly<Partial<Record<Format, string>>> = { csv: '",', txt: '|', json: '"\\' }
  const isMark = (marks[seed.format] ?? '"').includes(put)
  return isMark ? undefined : 'text'
}

const cut = (seed: Seed, draws: Draws): Mutation | undefined => {
  const at = 1 + draws.below(seed.body.length - 1)
  const body = seed.body.subarray(0, at)
  const isWhole = ['csv', 'txt'].includes(seed.format) && seed.body[at - 1] === 10
  return {
    kind: 'cut',
    what: `cut after ${at} of ${seed.body.length} bytes`,
    body,
    ...(isWhole ? { mayBeOther: 'shorter' } : {}),
  }
}

const flip = (seed: Seed, draws: Draws): Mutation => {
  const at = draws.below(seed.body.length)
  const bit = draws.below(8)
  const body = Uint8Array.from(seed.body)
  body[at] = body[at]! ^ (1 << bit)
  const what = `bit ${bit} of byte ${at} flipped: ${JSON.stringify(String.fromCharCode(seed.body[at]!))} is ${JSON.stringify(String.fromCharCode(body[at]!))}`
  if (seed.format === 'xlsx') return { kind: 'flip', what, body }
  const text = Buffer.from(seed.body).toString('latin1')
  const reason = body[at]! < 128 ? reasonFor(seed, text, at, String.fromCharCode(body[at]!)) : undefined
  return { kind: 'flip', what, body, ...(reason ? { mayBeOther: reason } : {}) }
}

const utf16 = (seed: Seed, draws: Draws): Mutation => {
  const isBig = draws.below(2) === 1
  const hasMark = draws.below(2) === 1
  const body = Buffer.from(`${hasMark ? '\uFEFF' : ''}${textOf(seed)}`, 'utf16le')
  if (isBig) body.swap16()
  return { kind: 'UTF-16', what: `UTF-16 ${isBig ? 'BE' : 'LE'} ${hasMark ? 'with' : 'without'} a mark`, body }
}

const badByte = (seed: Seed, draws: Draws): Mutation => {
  const at = draws.below(seed.body.length)
  const put = draws.of([0xe9, 0xff, 0x00, 0x80])!
  const body = Buffer.concat([seed.body.subarray(0, at), Buffer.of(put), seed.body.subarray(at)])
  return { kind: put ? 'Latin-1' : 'NUL', what: `byte 0x${put.toString(16)} put in at ${at}`, body }
}

const empties = [
  '',
  ' \n\n',
  '\0',
  '{}',
  '[]',
  'null',
  '""',
  '0',
  '<html><body>Service unavailable</body></html>',
  'BEGIN:VCALENDAR\nEND:VCALENDAR\n',
  '\uFEFF',
]

const empty = (_: Seed, draws: Draws): Mutation => {
  const text = draws.of(empties)!
  return { kind: 'empty', what: JSON.stringify(text), body: Buffer.from(text) }
}

const after = (seed: Seed, draws: Draws): Mutation => {
  const tail = draws.of(['<html>504</html>', 'x', '{"a":1}', '\0\0\0\0', textOf(seed)])!
  const isAgain = tail === textOf(seed)
  return {
    kind: 'after the end',
    what: isAgain ? 'the payload twice' : `${JSON.stringify(tail)} after the end`,
    body: Buffer.concat([seed.body, isAgain ? seed.body : Buffer.from(tail)]),
  }
}

/** Why text that was taken out of the middle may go unseen. */
const reasonGone = (seed: Seed, text: string, from: number, removed: string): Reason | undefined => {
  // What is left of a JSON value or a page still has to be one.
  if (seed.format === 'json' || seed.format === 'html') return 'text'
  // Two lines joined into one with the right count of cells look like one line.
  if (['csv', 'txt'].includes(seed.format) && removed.includes('\n') && !removed.startsWith(text.slice(0, 5)))
    return 'shorter'
  const isInValue = valueSpans(text, seed.format).some(([a, b]) => from >= a && from + removed.length <= b)
  return isInValue ? (/^\d+$/.test(removed) ? 'digit' : 'text') : undefined
}

const middleGone = (seed: Seed, draws: Draws): Mutation => {
  const text = textOf(seed)
  const from = draws.below(text.length - 2)
  const count = 2 + draws.below(Math.min(40, text.length - from - 2) || 1)
  const removed = text.slice(from, from + count)
  const reason = reasonGone(seed, text, from, removed)
  return {
    kind: 'middle gone',
    what: `${count} characters from ${from} on taken out: ${JSON.stringify(removed)}`,
    body: Buffer.from(spliced(text, from, count, '')),
    ...(reason ? { mayBeOther: reason } : {}),
  }
}

const huge = (seed: Seed, draws: Draws): Mutation => {
  const text = textOf(seed)
  const spans = valueSpans(text, seed.format)
  const [from, to] = draws.of(spans) ?? [0, 0]
  const digits = looksExact(text.slice(from, to)) && !isTextColumn(seed, columnAt(text, from))
  const put = digits ? '9'.repeat(100_000) : 'x'.repeat(1_000_000)
  return {
    kind: 'huge',
    what: `${JSON.stringify(text.slice(from, to))} is ${put.length} times ${put[0]}`,
    body: Buffer.from(spliced(text, from, to - from, put)),
    ...(digits ? {} : { mayBeOther: 'text' as const }),
  }
}

const mark = (seed: Seed): Mutation => ({
  kind: 'byte-order mark',
  what: 'a byte-order mark before it',
  body: Buffer.concat([Buffer.from('\uFEFF'), Buffer.from(textOf(seed).replace(/^\uFEFF/, ''))]),
  isSame: true,
})

const otherEnds = (seed: Seed): Mutation => ({
  kind: 'line ends',
  what: 'CRLF at line ends',
  body: Buffer.from(textOf(seed).replaceAll(/\r?\n/g, '\r\n')),
  isSame: true,
})

const zipped = (seed: Seed): Mutation => ({
  kind: 'gzip',
  what: 'sent as gzip',
  body: gzipSync(seed.body),
  isSame: true,
})

const zipCut = (seed: Seed, draws: Draws): Mutation => {
  const zip = gzipSync(seed.body)
  return { kind: 'gzip cut', what: 'a gzip that ends early', body: zip.subarray(0, 12 + draws.below(zip.length - 12)) }
}

export const byteFamilies: readonly Family[] = [
  { kind: 'cut', formats: all, mutate: cut },
  { kind: 'flip', formats: all, share: 2, mutate: flip },
  { kind: 'UTF-16', formats: texts, mutate: utf16 },
  { kind: 'Latin-1 or NUL', formats: texts, mutate: badByte },
  { kind: 'empty', formats: all, mutate: empty },
  { kind: 'after the end', formats: all, mutate: after },
  { kind: 'middle gone', formats: texts, mutate: middleGone },
  { kind: 'huge', formats: texts, mutate: huge },
  { kind: 'byte-order mark', formats: texts, mutate: mark },
  { kind: 'line ends', formats: ['csv', 'txt', 'ics', 'html'], mutate: otherEnds },
  { kind: 'gzip', formats: ['csv', 'json'], mutate: zipped },
  { kind: 'gzip cut', formats: ['csv', 'json'], mutate: zipCut },
]
