/** An exhibit: one query and how it is shown, as a chart, a table or both. The page prints the query below it. */

import type { html } from 'hono/html'
import type { Sql } from '../../schemas/view.ts'
import type { Row } from '../gather/subject.ts'
import type { Key, Language, Say } from '../language/language.ts'
import type { Document } from './document.ts'

export type Html = ReturnType<typeof html>

/** How a cell is written. */
export type Format =
  | 'text'
  /** A title, a piece of evidence or an impact of a catalyst. */
  | 'told'
  /** The evidence of a tag, without the names that only the lake uses. */
  | 'evidence'
  /** A name of the lake, written in plain words. */
  | 'name'
  /** Names of companies, the first ones of many. */
  | 'companies'
  | 'yes'
  | 'date'
  | 'instant'
  | 'change'
  | 'share'
  | 'dollars'
  | 'number'
  /** A number that is a change or lies on either side of zero, with its sign. */
  | 'difference'
  | 'percentage_points'
  /** A number that is zero if it is less than a hundredth, such as a place between -1 and 1. */
  | 'hundredths'
  /** Points of the score. */
  | 'points'
  | 'count'
  /** A large count, such as shares traded. */
  | 'amount'

export interface Column {
  readonly label: Key
  readonly format: Format
  /** Writes a value whose unit depends on its row. */
  readonly write?: (value: number, row: Row, say: Say) => string
  /** Says why a value is not known, if there is more to say than that. */
  readonly unknown?: (row: Row, say: Say) => string | undefined
}

export interface ChartContext {
  readonly session: string
  readonly say: Say
  readonly language: Language
  readonly document: Document
  /** Shows the rows of an exhibit in place of the drawing and the table below it, if there is another way. */
  readonly shownBy?: (exhibit: Filled, context: ChartContext) => Html | undefined
}

/** How a figure of a chart is written. */
export type Figure = 'number' | 'points' | 'share' | 'change' | 'dollars'

/** Lines by session, for a chart that a script draws. */
export interface LineData {
  readonly sessions: readonly string[]
  readonly lines: readonly { readonly name: string; readonly values: readonly (number | null)[] }[]
  readonly figure: Figure
  /** Level at which it counts as lit. */
  readonly level?: number
  /** The words that stand at the line of the level. */
  readonly levelText?: string
}

/** An element that a charting library drew. */
export interface Drawing {
  readonly outerHTML: string
  setAttribute(name: string, value: string): void
}

export interface Exhibit {
  readonly id: string
  readonly title: Key
  readonly note?: Key
  readonly sql: Sql
  /** Columns of the query that the table shows, in order. */
  readonly columns: Readonly<Record<string, Column>>
  /** Whether it is made with what is known now, though it may rest on nothing that came after the evening. */
  readonly isStudy?: boolean
  /** Whether each row is a card of its own. */
  readonly areCards?: boolean
  /** Draws the rows; the table then is its text alternative. */
  readonly chart?: {
    readonly unit: Key
    /** Columns that are drawn as lines by session. */
    readonly columns?: readonly string[]
    /** Column that is drawn otherwise. Without a value of it there is a table and no drawing. */
    readonly value?: string
    /** Fewest values of it that make a drawing. The exhibit is empty with fewer. */
    readonly fewest?: number
    /** Fewest rows that make a drawing. With fewer there is a table. */
    readonly fewestRows?: number
    /** What these lines are made of. */
    readonly lines?: (rows: readonly Row[], context: ChartContext) => LineData
    readonly draw: (rows: readonly Row[], context: ChartContext) => Drawing
    /** One sentence that says what the drawing shows. */
    readonly alternative: (rows: readonly Row[], context: ChartContext) => string
  }
}

export interface Section {
  readonly id: string
  readonly title: Key
  readonly exhibits: readonly Exhibit[]
}

/** An exhibit with the rows of the lake. */
export interface Filled extends Exhibit {
  readonly rows: readonly Row[]
  /** What reported the rows that it rests on. */
  readonly sources: readonly string[]
}
