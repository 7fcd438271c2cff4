/** Mutations of the keys and values of a JSON payload. */
import { looksExact } from './bytes.ts'
import { type Draws, type Family, type Mutation, type Reason, textOf } from './mutation.ts'
import type { Seed } from './seed.ts'

type Json = null | boolean | number | string | Json[] | { [name: string]: Json }
type Path = readonly (string | number)[]

const read = (seed: Seed): Json => JSON.parse(textOf(seed).replace(/^\uFEFF/, '')) as Json
const isObject = (value: Json): value is { [name: string]: Json } =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

/** Every place of a value, with the value. */
const places = (value: Json, path: Path = []): (readonly [Path, Json])[] => [
  [path, value],
  ...(Array.isArray(value)
    ? value.flatMap((each, i) => places(each, [...path, i]))
    : isObject(value)
      ? Object.entries(value).flatMap(([name, each]) => places(each, [...path, name]))
      : []),
]

const changedAt = (value: Json, path: Path, change: (value: Json) => Json): Json => {
  const [head, ...rest] = path
  if (head === undefined) return change(value)
  if (Array.isArray(value)) return value.map((each, i) => (i === head ? changedAt(each, rest, change) : each))
  return Object.fromEntries(
    Object.entries(value as object).map(([name, each]) => [
      name,
      name === head ? changedAt(each as Json, rest, change) : each,
    ]),
  )
}

const shown = (path: Path) => path.join('.') || 'the body'
const body = (value: Json) => Buffer.from(JSON.stringify(value))

/** A value that stands in the text as it is, such as 1e999, which no JSON value of this language can hold. */
const placeholder = 'placeholder-of-the-fuzz'
const bodyWith = (value: Json, path: Path, text: string) =>
  Buffer.from(JSON.stringify(changedAt(value, path, () => placeholder)).replace(`"${placeholder}"`, () => text))

const reversed = (value: Json): Json =>
  Array.isArray(value)
    ? value.map(reversed)
    : isObject(value)
      ? Object.fromEntries(
          Object.entries(value)
            .reverse()
            .map(([name, each]) => [name, reversed(each)]),
        )
      : value

const keysReordered = (seed: Seed): Mutation => ({
  kind: 'keys reordered',
  what: 'keys of every object in reverse',
  body: body(reversed(read(seed))),
  isSame: true,
})

const spaced = (seed: Seed): Mutation => ({
  kind: 'white space',
  what: 'with line ends and indentation',
  body: Buffer.from(JSON.stringify(read(seed), null, 2).replaceAll('\n', '\r\n')),
  isSame: true,
})

const objects = (value: Json) =>
  places(value).flatMap(([path, each]) => (isObject(each) && Object.keys(each).length ? [[path, each] as const] : []))

/** Keys of the SEC's facts down to the unit are data: another one is another concept or another unit. */
const isData = (seed: Seed, path: Path) => seed.origin === 'sec_facts' && path[0] === 'facts' && path.length <= 4

/** One item without a key is how some providers say that they do not know; all items without it are another format. */
const whyUnseen = (seed: Seed, path: Path, isEverywhere: boolean): { mayBeOther?: Reason } =>
  isData(seed, path) ? { mayBeOther: 'text' } : isEverywhere ? {} : { mayBeOther: 'blank' }

const keyRenamed = (seed: Seed, draws: Draws): Mutation | undefined => {
  const value = read(seed)
  const found = draws.of(objects(value))
  const name = found && draws.of(Object.keys(found[1]))
  if (!found || name === undefined) return undefined
  const isEverywhere = draws.below(2) === 1
  const renamed = (object: { [name: string]: Json }): Json =>
    Object.fromEntries(Object.entries(object).map(([key, each]) => [key === name ? `${key}V2` : key, each]))
  const everywhere = (each: Json): Json =>
    Array.isArray(each)
      ? each.map(everywhere)
      : isObject(each)
        ? renamed(Object.fromEntries(Object.entries(each).map(([key, inner]) => [key, everywhere(inner)])))
        : each
  return {
    kind: 'key renamed',
    what: `key ${shown([...found[0], name])} is ${name}V2${isEverywhere ? ', everywhere' : ''}`,
    body: body(
      isEverywhere
        ? everywhere(value)
        : changedAt(value, found[0], (each) => renamed(each as { [name: string]: Json })),
    ),
    ...whyUnseen(seed, found[0], isEverywhere),
  }
}

const keyGone = (seed: Seed, draws: Draws): Mutation | undefined => {
  const value = read(seed)
  const found = draws.of(objects(value))
  const name = found && draws.of(Object.keys(found[1]))
  if (!found || name === undefined) return undefined
  return {
    kind: 'key gone',
    what: `no key ${shown([...found[0], name])}`,
    body: body(
      changedAt(value, found[0], (each) =>
        Object.fromEntries(Object.entries(each as object).filter(([key]) => key !== name)),
      ),
    ),
    ...whyUnseen(seed, found[0], false),
  }
}

const keyTwice = (seed: Seed, draws: Draws): Mutation | undefined => {
  const text = textOf(seed)
  const found = draws.of([...text.matchAll(/"(?:[^"\\]|\\.)*":(?:"(?:[^"\\]|\\.)*"|-?\d[\d.]*)/g)])
  if (!found) return undefined
  return {
    kind: 'key twice',
    what: `${found[0]} twice`,
    body: Buffer.from(`${text.slice(0, found.index)}${found[0]},${text.slice(found.index)}`),
    isSame: true,
  }
}

const lists = (value: Json) =>
  places(value).flatMap(([path, each]) => (Array.isArray(each) && each.length ? [[path, each] as const] : []))

const itemTwice = (seed: Seed, draws: Draws): Mutation | undefined => {
  const value = read(seed)
  const found = draws.of(lists(value))
  if (!found) return undefined
  const at = draws.below(found[1].length)
  return {
    kind: 'item twice',
    what: `item ${at} of ${shown(found[0])} twice`,
    body: body(changedAt(value, found[0], (each) => [...(each as Json[]), (each as Json[])[at]!])),
  }
}

const itemGone = (seed: Seed, draws: Draws): Mutation | undefined => {
  const value = read(seed)
  const found = draws.of(lists(value))
  if (!found) return undefined
  const at = draws.below(found[1].length)
  const isRow = found[1].some(isObject)
  return {
    kind: 'item gone',
    what: `no item ${at} of ${shown(found[0])}`,
    body: body(changedAt(value, found[0], (each) => (each as Json[]).filter((_, i) => i !== at))),
    ...(isRow ? { mayBeOther: 'shorter' as const } : {}),
  }
}

const others: readonly (readonly [text: string, reason?: Reason])[] = [
  ['1e999'],
  ['-1e999'],
  ['1152921504606846977', 'wide'],
  ['1e308', 'wide'],
  ['-5', 'sign'],
  ['null', 'blank'],
  ['{}'],
  ['[]'],
  ['true'],
  ['"NaN"'],
  ['"1e999"'],
  ['"12abc"'],
  ['""', 'blank'],
  ['"0001-01-01"'],
]

const isExact = (value: Json) => typeof value === 'number' || (typeof value === 'string' && looksExact(value))

const valueOther = (seed: Seed, draws: Draws): Mutation | undefined => {
  const value = read(seed)
  const found = draws.of(places(value).filter(([, each]) => isExact(each)))
  const [text, reason] = draws.of(others)!
  if (!found) return undefined
  return {
    kind: 'value widened',
    what: `${shown(found[0])}: ${JSON.stringify(found[1])} is ${text}`,
    body: bodyWith(value, found[0], text),
    ...(reason ? { mayBeOther: reason } : {}),
  }
}

const typeOther = (seed: Seed, draws: Draws): Mutation | undefined => {
  const value = read(seed)
  const found = draws.of(places(value))
  const text = draws.of(['null', '[]', '{}', '"text"', '0', 'true', '[[]]'])!
  if (!found) return undefined
  const isLeaf = found[1] === null || typeof found[1] !== 'object'
  const reason: Reason | undefined =
    text === 'null' && isLeaf
      ? 'blank'
      : text === '"text"' && typeof found[1] === 'string' && !isExact(found[1])
        ? 'text'
        : text === '0' && typeof found[1] === 'number'
          ? 'digit'
          : (text === '[]' || text === 'null') && Array.isArray(found[1]) && found[1].some(isObject)
            ? 'shorter'
            : undefined
  return {
    kind: 'another type',
    what: `${shown(found[0])} is ${text}`,
    body: bodyWith(value, found[0], text),
    ...(reason ? { mayBeOther: reason } : {}),
  }
}

const deep = (seed: Seed, draws: Draws): Mutation | undefined => {
  const value = read(seed)
  const found = draws.of(places(value))!
  const depth = 50_000
  return {
    kind: 'deep',
    what: `${shown(found[0])} is a list in a list, ${depth} times`,
    body: bodyWith(value, found[0], '['.repeat(depth) + ']'.repeat(depth)),
  }
}

export const jsonFamilies: readonly Family[] = (
  [
    ['keys reordered', keysReordered],
    ['white space', spaced],
    ['key renamed', keyRenamed, 2],
    ['key gone', keyGone],
    ['key twice', keyTwice],
    ['item twice', itemTwice],
    ['item gone', itemGone],
    ['value widened', valueOther, 2],
    ['another type', typeOther, 2],
    ['deep', deep],
  ] as const
).map(([kind, mutate, share]) => ({ kind, formats: ['json'], mutate, ...(share ? { share } : {}) }))
