import { bigint, date, string, timestamp } from '../column.ts'
import { defineTable, knowledge, oneOf } from '../table.ts'

/** Values of the status of an announcement. */
const announcementStatuses = ['tentative', 'confirmed', 'delayed', 'cancelled', 'merged', 'released'] as const

export const releaseCalendar = defineTable({
  name: 'release_calendar',
  doc: 'One row per announcement and change of it: a log of when releases were scheduled. Rows are only added, never overwritten.',
  grain: ['announcement_id', 'source', 'known_at'],
  yearOf: 'known_at',
  aliases: { ref_period: 'reference_period' },
  columns: {
    announcement_id: string("Identifier (the calendar's UID) that stays the same when a release is rescheduled."),
    release: string('Name of the release if the universe follows it, else its title.'),
    title: string('Title as announced.'),
    scheduled_at: timestamp('Instant for which this announcement schedules the release.'),
    status: string('`tentative`, `confirmed`, `delayed`, `cancelled`, `merged` (into another period) or `released`.'),
    revision_number: bigint('Sequence number of the announcement in the calendar.', { default: 0 }),
    reference_period: date.nullable(
      'First day of the reference period: the period in the title, else the usual one for a release on this day. The first announcement decides it, and a delay does not change it.',
    ),
    merged_into: date.nullable(
      'If the announcement merges this release into another, the first day of the reference period of that other release.',
    ),
    ...knowledge,
  },
  invariants: [oneOf('status', announcementStatuses)],
})
