/** `precursor watch`: the evening as a short text, printed or posted to a chat. */
import type { Command } from 'commander'
import { postToWebhook } from '../../adapters/webhook.ts'
import { ConflictError, UsageError } from '../../core/errors.ts'
import type { ObjectStore } from '../../core/platform.ts'
import { hasChanged } from '../../evening/gather/signals.ts'
import { gather } from '../../evening/gather.ts'
import { languageNamed, languages } from '../../evening/language/language.ts'
import { messageOf, messageParts } from '../../evening/message/message.ts'
import { stalenessOf } from '../../evening/staleness.ts'
import { say } from '../output.ts'
import { optionsOf, queryingLake } from '../session.ts'
import { tellStale } from '../stale.ts'
import { configOption, watchSettings } from '../watch-settings.ts'
import { commandNamed } from './list.ts'

interface WatchOptions {
  readonly config?: string
  readonly language?: string
  readonly post?: boolean
  readonly again?: boolean
  readonly changes?: boolean
}

/** Records that an evening was posted. */
const markPosted = async (store: ObjectStore, mark: string, at: Date): Promise<void> => {
  try {
    await store.put(mark, Buffer.from(`${JSON.stringify({ posted_at: at.toISOString() })}\n`), 'absent')
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error
  }
}

const webhook = 'PRECURSOR_WEBHOOK'

export const watchCommand = () =>
  commandNamed('watch')
    .option(...configOption)
    .option('--language <language>', `${languages.join(' or ')} (default: the language of the configuration)`)
    .option('--post', `post it to the chat whose webhook is in ${webhook} instead of printing it`)
    .option('--again', 'with --post: post the evening of a session also if it has been posted')
    .option('--changes', 'print nothing if no signal changed since the previous session')
    .addHelpText(
      'after',
      '\nExamples:\n  precursor watch\n  precursor watch 2025-11-20 --language zh\n  precursor run && precursor watch --post --changes',
    )
    .action(
      (session: string | undefined, { config, language, post, again, changes }: WatchOptions, command: Command) => {
        const named = language ? languageNamed(language) : undefined
        return queryingLake(optionsOf(command), async (lake) => {
          const settings = await watchSettings(lake.platform, config)
          const address = post ? await lake.platform.secret(webhook) : undefined
          if (post && !address) throw new UsageError(`--post needs the address of the webhook in ${webhook}`)
          const evening = await gather(lake, session, { levels: settings.levels, parts: messageParts })
          // A named evening and a sample are as old as they should be.
          const stale = session || evening.notice ? undefined : stalenessOf(evening.session, lake.platform.now())
          if (stale) tellStale(stale)
          if (changes && !stale && !hasChanged(evening.signals)) return
          const { text } = messageOf(evening, named ?? settings.language, stale)
          if (!post) return say(text)
          const { store } = lake.platform
          // A message that says that the evening is old is another one each day.
          const day = stale ? `.stale-${lake.platform.now().toISOString().slice(0, 10)}` : ''
          const mark = `posted/${evening.session}${day}.json`
          if (!again && (await store.get(mark))) {
            say(`the evening of ${evening.session} has been posted: --again posts it once more\n`)
            return
          }
          await postToWebhook(address!, text)
          await markPosted(store, mark, lake.platform.now())
          say(`posted the evening of ${evening.session}\n`)
        })
      },
    )
