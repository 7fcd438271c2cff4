/** Splits a plain text into sentences. The full stop of an abbreviation does not end a sentence. */
const abbreviation =
  /\b(Mr|Mrs|Ms|Dr|St|vs|No|Inc|Corp|Co|Jr|Sr|Gov|Prof|Jan|Feb|Aug|Sept|Oct|Nov|Dec|U\.S|U\.K|E\.U|e\.g|i\.e|a\.m|p\.m|[A-Z])\./g
const oneDot = '․'

export const sentencesOf = (text: string): string[] =>
  text
    .split('\n')
    .flatMap((paragraph) =>
      paragraph.replace(abbreviation, `$1${oneDot}`).split(/(?<=[.!?]["”’)]?\d{0,3})\s+(?=["“‘(]?[A-Z0-9])/),
    )
    .map((sentence) => sentence.replaceAll(oneDot, '.').trim())
    .filter(Boolean)
