/** Weekdays on which XNYS was closed, other than regular holidays: a table of facts. */
import type { Closure } from './holidays.ts'

const nyse = 'NYSE special closings since 1885'

const wednesdaysOf1968 = [
  ...['06-12', '06-19', '06-26', '07-10', '07-17', '07-24', '07-31', '08-07', '08-14', '08-21', '08-28'],
  ...['09-11', '09-18', '09-25', '10-02', '10-09', '10-16', '10-23', '10-30', '11-11', '11-20', '12-04'],
  ...['12-11', '12-18'],
].map((day): [string, string, string] => [
  `1968-${day}`,
  day === '11-11' ? 'Veterans Day, paperwork crisis' : 'Paperwork crisis: closed one day a week',
  '1968-06-07',
])

/** [closed on, reason, known on] */
const facts: readonly (readonly [string, string, string])[] = [
  ['1958-12-26', 'Day after Christmas', '1958-12-01'],
  ['1961-05-29', 'Day before Decoration Day', '1961-05-01'],
  ['1963-11-25', 'Funeral of President Kennedy', '1963-11-23'],
  ['1968-02-12', "Lincoln's Birthday", '1968-01-15'],
  ['1968-04-09', 'Day of mourning for Martin Luther King Jr.', '1968-04-08'],
  ...wednesdaysOf1968,
  ['1968-07-05', 'Day after Independence Day', '1968-06-07'],
  ['1969-02-10', 'Snow', '1969-02-10'],
  ['1969-03-31', 'Funeral of President Eisenhower', '1969-03-29'],
  ['1969-07-21', 'First landing on the Moon', '1969-07-17'],
  ['1972-12-28', 'Funeral of President Truman', '1972-12-27'],
  ['1973-01-25', 'Funeral of President Johnson', '1973-01-23'],
  ['1977-07-14', 'Blackout of New York', '1977-07-14'],
  ['1985-09-27', 'Hurricane Gloria', '1985-09-26'],
  ['1994-04-27', 'Funeral of President Nixon', '1994-04-25'],
  ['2001-09-11', 'Attack on the World Trade Center', '2001-09-11'],
  ['2001-09-12', 'Attack on the World Trade Center', '2001-09-11'],
  ['2001-09-13', 'Attack on the World Trade Center', '2001-09-12'],
  ['2001-09-14', 'Attack on the World Trade Center', '2001-09-13'],
  ['2004-06-11', 'Mourning for President Reagan', '2004-06-06'],
  ['2007-01-02', 'Mourning for President Ford', '2006-12-28'],
  ['2012-10-29', 'Hurricane Sandy', '2012-10-28'],
  ['2012-10-30', 'Hurricane Sandy', '2012-10-29'],
  ['2018-12-05', 'Mourning for President George H. W. Bush', '2018-12-01'],
  ['2025-01-09', 'Mourning for President Carter', '2024-12-30'],
]

export const exceptionalClosures: readonly Closure[] = facts.map(([closed_on, reason, known_on]) => ({
  closed_on,
  reason,
  reference: nyse,
  known_on,
}))
