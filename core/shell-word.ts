/** A word as a shell takes it: in single quotes unless every character is plain. */
export const shellWord = (word: string): string =>
  /^[\w@+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
