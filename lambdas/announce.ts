/** Announce: the evening of a session as a message, which the state machine sends. */
import { eveningOf, eveningReads, type WatchSettings } from '../evening/message/evening.ts'
import { messageOf } from '../evening/message/message.ts'
import { onLake, setting } from './function.ts'

const { language, levels } = JSON.parse(setting('PRECURSOR_WATCH')) as WatchSettings

export const handler = onLake(eveningReads, async (lake, { session }: { session: string }) =>
  messageOf(await eveningOf(lake, session, levels), language),
)
