/** What a signal is, and a text in every language. */
import type { Group } from './precursors.ts'
import type { crashPrecursors } from './views/composite/crash_precursors.ts'

/** The same text in every language: English, Chinese. */
export type Text = readonly [english: string, chinese: string]

export interface Signal {
  readonly column: keyof typeof crashPrecursors.columns & string
  readonly group: Group
  /** The side of the level on which it is lit; `true` for a column of true and false, which counts as 1 and 0. */
  readonly direction: 'above' | 'below' | 'true'
  /** It lights beyond this level. A value equal to it lights a signal of direction `below`, and not one of direction `above`. */
  readonly on: number
  /** It goes out when the value is back at this level. Between the levels it stays as it was. */
  readonly off: number
  /** Unit of the column; left out for true and false. */
  readonly unit?: string
  /** How its value is written. */
  readonly format: 'yes' | 'share' | 'change' | 'dollars' | 'number' | 'sessions' | 'days' | 'kinds'
  readonly title: Text
  /** What it says when it is lit, for a sentence in which the title would not be understood. `{value}` stands for the value. */
  readonly spoken?: Text
  /** Why it is lit. `{on}` stands for the level. */
  readonly lit: Text
  /** Why it is not lit. */
  readonly notLit: Text
}
