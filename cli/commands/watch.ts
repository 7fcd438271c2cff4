/** `precursor watch`: the evening as a short text, printed or posted to a chat. */
import type { Command } from 'commander'
import { postToWebhook } from '../../adapters/webhook.ts'
import { UsageError } from '../../core/errors.ts'
import { hasChanged } from '../../evening/gather/signals.ts'
import { gather } from '../../evening/gather.ts'
import { languageNamed, languages } from '../../evening/language/language.ts'
import { messageOf, messageParts } from '../../evening/message/message.ts'
import { stalenessOf } from '../../evening/staleness.ts'
import { say } from '../output.ts'
import { optionsOf, readingLake } from '../session.ts'
import { tellStale } from '../stale.ts'
import { configOption, watchSettings } from '../watch-settings.ts'
import { commandNamed } from './list.ts'

interface WatchOptions {
  readonly config?: string
  readonly language?: string
  readonly post?: boolean
  readonly changes?: boolean
}

const webhook = 'PRECURSOR_WEBHOOK'

export const watchCommand = () =>
  commandNamed('watch')
    .option(...configOption)
    .option('--language <language>', `${languages.join(' or ')} (default: the language of the configuration)`)
    .option('--post', `post it to the chat whose webhook is in ${webhook} instead of printing it`)
    .option('--changes', 'print nothing if no signal changed since the previous session')
    .addHelpText(
      'after',
      '\nExamples:\n  precursor watch\n  precursor watch 2025-11-20 --language zh\n  precursor run && precursor watch --post --changes',
    )
    .action((session: string | undefined, { config, language, post, changes }: WatchOptions, command: Command) => {
      const named = language ? languageNamed(language) : undefined
      return readingLake(optionsOf(command), async (lake) => {
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
        await postToWebhook(address!, text)
        say(`posted the evening of ${evening.session}\n`)
      })
    })
