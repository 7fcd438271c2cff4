import { bigint, string, timestamp } from '../column.ts'
import { defineTable, knowledge } from '../table.ts'

export const releaseCalendar = defineTable({
  name: 'release_calendar',
  doc: 'One row per announcement and change of it: an append-only log of when releases were scheduled. Never overwritten.',
  grain: ['announcement_id', 'source', 'known_at'],
  yearOf: 'known_at',
  columns: {
    announcement_id: string("Identifier that stays the same when a release is rescheduled: the calendar's UID."),
    release: string('Release, by its catalyst kind where we track it, else by its title.'),
    title: string('Title as announced.'),
    scheduled_at: timestamp('Instant at which the release was due, as this announcement says.'),
    status: string('`tentative`, `confirmed`, `released`, `delayed`, `cancelled` or `merged`.'),
    revision_number: bigint('Sequence number of the announcement, as the calendar counts its changes.'),
    ...knowledge,
  },
})
