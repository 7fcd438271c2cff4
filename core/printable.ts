/** Text from outside, made safe to print: characters that steer a terminal or reverse the order of letters are shown as escapes. */

/** C0, DEL and C1, marks of direction, separators of lines, invisible characters, tags, halves of pairs. Joiners are left: emoji use them. */
const steering =
  /[\p{Cc}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}\p{Cs}\p{Noncharacter_Code_Point}]/gu

const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

const escapeOf = (character: string): string => {
  const hex = character.codePointAt(0)!.toString(16)
  if (hex.length <= 2) return named[character] ?? `\\x${hex.padStart(2, '0')}`
  return hex.length <= 4 ? `\\u${hex.padStart(4, '0')}` : `\\u{${hex}}`
}

/** A text of several lines: line breaks and tabs stay as they are. */
export const printable = (text: string): string =>
  text.replace(steering, (each) => (each === '\n' || each === '\t' ? each : escapeOf(each)))

/** A text of one line, such as a cell of a table or a title: line breaks and tabs are shown too. */
export const printableLine = (text: string): string => text.replace(steering, escapeOf)

/** JSON with the same value, in which no character steers a terminal; line breaks between its members stay. */
export const printableJson = (json: string): string =>
  json.replace(steering, (each) =>
    each === '\n' || each === '\t'
      ? each
      : Array.from({ length: each.length }, (_, i) => `\\u${each.charCodeAt(i).toString(16).padStart(4, '0')}`).join(
          '',
        ),
  )
