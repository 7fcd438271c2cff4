/** Mutations of a workbook: of its archive, and of the sheet inside it. */
import { unzipSync, zipSync } from 'fflate'
import { type Draws, type Family, type Mutation, type Reason, spliced } from './mutation.ts'
import type { Seed } from './seed.ts'

const parts = (seed: Seed) => unzipSync(seed.body)
const packed = (files: Record<string, Uint8Array>) => zipSync(files, { mtime: '2025-11-21T00:00:00Z' })

const afterEnd = (seed: Seed, draws: Draws): Mutation => {
  const tail = draws.of(['\n', '\0', 'x'.repeat(100), '<html></html>'])!
  return {
    kind: 'bytes after the archive',
    what: `${JSON.stringify(tail.slice(0, 20))} after the end`,
    body: Buffer.concat([seed.body, Buffer.from(tail)]),
  }
}

const beforeStart = (seed: Seed): Mutation => ({
  kind: 'bytes before the archive',
  what: 'a line end before the archive',
  body: Buffer.concat([Buffer.from('\n'), seed.body]),
})

const partGone = (seed: Seed, draws: Draws): Mutation => {
  const files = parts(seed)
  const name = draws.of(Object.keys(files))!
  delete files[name]
  return { kind: 'part gone', what: `no ${name} in the archive`, body: packed(files) }
}

const partCut = (seed: Seed, draws: Draws): Mutation => {
  const files = parts(seed)
  const name = draws.of(Object.keys(files))!
  const whole = files[name]!
  files[name] = whole.subarray(0, draws.below(whole.length))
  return {
    kind: 'part cut',
    what: `${name} ends after ${files[name].length} of ${whole.length} bytes`,
    body: packed(files),
  }
}

const sheetName = (files: Record<string, Uint8Array>) => Object.keys(files).find((name) => /sheet1\.xml$/.test(name))!

const sheetChanged = (
  seed: Seed,
  kind: string,
  what: string,
  change: (xml: string) => string,
  reason?: Reason,
): Mutation | undefined => {
  const files = parts(seed)
  const name = sheetName(files)
  const xml = Buffer.from(files[name]!).toString('utf8')
  const changed = change(xml)
  if (changed === xml) return undefined
  files[name] = Buffer.from(changed)
  return { kind, what, body: packed(files), ...(reason ? { mayBeOther: reason } : {}) }
}

const rowsIn = (xml: string) => [...xml.matchAll(/<row\b[^>]*>.*?<\/row>/gs)]

const rowTwice = (seed: Seed, draws: Draws) => {
  const at = draws.below(1000)
  return sheetChanged(seed, 'workbook row twice', 'a row of the sheet twice', (xml) => {
    const rows = rowsIn(xml)
    const row = rows[5 + (at % Math.max(1, rows.length - 5))]
    return row ? spliced(xml, row.index, 0, row[0]) : xml
  })
}

const rowGone = (seed: Seed, draws: Draws) => {
  const at = draws.below(1000)
  return sheetChanged(
    seed,
    'workbook row gone',
    'a row of the sheet is gone',
    (xml) => {
      const rows = rowsIn(xml)
      const row = rows[at % rows.length]
      return row ? spliced(xml, row.index, row[0].length, '') : xml
    },
    'shorter',
  )
}

const values: readonly (readonly [text: string, reason?: Reason])[] = [
  ['1e999'],
  ['NaN'],
  ['1e308', 'wide'],
  ['-1', 'sign'],
  ['', 'blank'],
  ['text'],
  ['1_000'],
  ['1152921504606846977', 'wide'],
]

const valueOther = (seed: Seed, draws: Draws) => {
  const at = draws.below(1000)
  const [text, reason] = draws.of(values)!
  return sheetChanged(
    seed,
    'workbook value',
    `a number of the sheet is ${JSON.stringify(text)}`,
    (xml) => {
      const found = [...xml.matchAll(/<c\b(?![^>]*t="s")[^>]*><v>([^<]*)<\/v>/g)]
      const cell = found[at % Math.max(1, found.length)]
      return cell
        ? spliced(xml, cell.index + cell[0].length - '</v>'.length - cell[1]!.length, cell[1]!.length, text)
        : xml
    },
    reason,
  )
}

const xmlFlip = (seed: Seed, draws: Draws) => {
  const files = parts(seed)
  const name = draws.of(Object.keys(files).filter((each) => /sharedStrings|sheet1\.xml$/.test(each)))!
  const whole = Uint8Array.from(files[name]!)
  const at = draws.below(whole.length)
  const was = String.fromCharCode(whole[at]!)
  whole[at] = whole[at]! ^ (1 << draws.below(8))
  const now = String.fromCharCode(whole[at]!)
  files[name] = whole
  const before = Buffer.from(whole.subarray(0, at)).toString('latin1')
  const isValue = before.lastIndexOf('>') > before.lastIndexOf('<')
  const reason: Reason | undefined =
    !isValue || whole[at]! > 126 || whole[at]! < 32
      ? undefined
      : /\d/.test(was)
        ? /\d/.test(now)
          ? 'digit'
          : undefined
        : 'text'
  return {
    kind: 'workbook XML flipped',
    what: `${name} at ${at}: ${JSON.stringify(was)} is ${JSON.stringify(now)}`,
    body: packed(files),
    ...(reason ? { mayBeOther: reason } : {}),
  }
}

const otherFund = (seed: Seed) => {
  const files = parts(seed)
  for (const [name, bytes] of Object.entries(files)) {
    const xml = Buffer.from(bytes).toString('utf8')
    if (/sharedStrings|sheet1/.test(name)) files[name] = Buffer.from(xml.replaceAll('>SPY<', '>QQQ<'))
  }
  return { kind: 'wrong symbol', what: 'the workbook names QQQ, SPY was asked for', body: packed(files) }
}

export const workbookFamilies: readonly Family[] = (
  [
    ['bytes after the archive', afterEnd, 2],
    ['bytes before the archive', beforeStart],
    ['part gone', partGone, 3],
    ['part cut', partCut, 3],
    ['workbook row twice', rowTwice],
    ['workbook row gone', rowGone, 2],
    ['workbook value', valueOther, 4],
    ['workbook XML flipped', xmlFlip, 6],
    ['wrong symbol', otherFund],
  ] as const
).map(([kind, mutate, share]) => ({ kind, formats: ['xlsx'], mutate, ...(share ? { share } : {}) }))
