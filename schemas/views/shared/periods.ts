/** Facts of reported figures: the length of a quarter, and which figures are per share. */

import { raw, type Sql } from '../../view.ts'

/** Days from the first to the last day of a quarter: 12 to 17 weeks, for calendars of 52 or 53 weeks divided in whatever way. */
export const quarterDays = { shortest: 80, longest: 122 } as const

/** Figures per share, which a split changes. */
export const isPerShare = (concept: string): Sql => raw(`(${concept} like 'eps%' or ${concept} like '%per_share%')`)
