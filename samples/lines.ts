/** A text file of lines, each with its end: a last line without one counts as cut off. */
export const linesOf = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('')
