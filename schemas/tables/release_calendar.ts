import { bigint, date, string, timestamp } from '../column.ts'
import { defineTable, knowledge } from '../table.ts'

/** What an announcement says of its release. */
const announcementStatuses = ['tentative', 'confirmed', 'delayed', 'cancelled', 'merged', 'released'] as const

export const releaseCalendar = defineTable({
  name: 'release_calendar',
  doc: 'One row per announcement and change of it: an append-only log of when releases were scheduled. Never overwritten.',
  grain: ['announcement_id', 'source', 'known_at'],
  yearOf: 'known_at',
  aliases: { ref_period: 'reference_period' },
  columns: {
    announcement_id: string("Identifier that stays the same when a release is rescheduled: the calendar's UID."),
    release: string('Release, by its name where the universe follows it, else by its title.'),
    title: string('Title as announced.'),
    scheduled_at: timestamp('Instant at which the release was due, as this announcement says.'),
    status: string('`tentative`, `confirmed`, `delayed`, `cancelled`, `merged` (into another period) or `released`.'),
    revision_number: bigint('Sequence number of the announcement, as the calendar counts its changes.', { default: 0 }),
    reference_period: date.nullable(
      'First day of the period: the one that the title names, else the one that a release on this day usually describes. Of an announcement the first counts: a delay does not change it.',
    ),
    merged_into: date.nullable(
      'First day of the period whose release carries this one too, where the announcement says so.',
    ),
    ...knowledge,
  },
  invariants: [
    {
      name: `status must be one of ${announcementStatuses.join(', ')}`,
      sql: `status in (${announcementStatuses.map((each) => `'${each}'`).join(', ')})`,
    },
  ],
})
