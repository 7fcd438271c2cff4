/** Dates and instants that can be: what lies outside these years is a slip of whoever wrote it. */

/** Statistics reach back to 1919; options and announcements reach a few years ahead. */
export const plausible = { from: '1900-01-01', to: '2099-12-31' } as const

/** Whether a text is a day that exists, as yyyy-mm-dd. */
export const isCalendarDate = (text: string): boolean => {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false
  const at = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text)
}

/** Whether a text is an instant in UTC, as yyyy-mm-ddThh:mm:ssZ with or without fractions of a second. */
export const isInstant = (text: string): boolean =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(text) && !Number.isNaN(Date.parse(text))
