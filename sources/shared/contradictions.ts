/** JSON that names a member twice: the parser of JavaScript would keep the last value without a word. */

/** An open object with its members so far, as they are written. Undefined stands for a list. */
interface Open {
  readonly members: Map<string, string>
  /** The member whose value is being read. */
  name?: string
  valueAt: number
}

const endOfText = (json: string, start: number): number => {
  let at = start + 1
  while (json[at] !== '"') at += json[at] === '\\' ? 2 : 1
  return at
}

const nameOf = (json: string, start: number, end: number): string => JSON.parse(json.slice(start, end + 1)) as string

/** The name of a member that an object of this valid JSON has twice, with values that are written differently. */
export const contradictedMember = (json: string): string | undefined => {
  const open: (Open | undefined)[] = []
  for (let at = 0; at < json.length; at++) {
    const character = json[at]
    const object = open.at(-1)
    if (character === '"') {
      const end = endOfText(json, at)
      if (object && object.name === undefined) object.name = nameOf(json, at, end)
      at = end
    } else if (character === '{') open.push({ members: new Map(), valueAt: 0 })
    else if (character === '[') open.push(undefined)
    else if (character === ':' && object) object.valueAt = at + 1
    else if (character === ',' || character === '}' || character === ']') {
      if (object?.name !== undefined) {
        const value = json.slice(object.valueAt, at).trim()
        const before = object.members.get(object.name)
        if (before !== undefined && before !== value) return object.name
        object.members.set(object.name, value)
        delete object.name
      }
      if (character !== ',') open.pop()
    }
  }
  return undefined
}
