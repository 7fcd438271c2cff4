/** Announce: the evening of a session as a message, which the state machine sends. */
import { gather, readsOf } from '../evening/gather.ts'
import type { WatchSettings } from '../evening/message/config.ts'
import { messageOf, messageParts } from '../evening/message/message.ts'
import { onLake, setting } from './function.ts'

const { language, levels } = JSON.parse(setting('PRECURSOR_WATCH')) as WatchSettings

export const handler = onLake(readsOf(messageParts), async (lake, { session }: { session: string }) =>
  messageOf(await gather(lake, session, { levels, parts: messageParts }), language),
)
