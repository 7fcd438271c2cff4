/** `precursor watch`: the evening as a short text, printed or posted to a chat. */
import { join } from 'node:path'
import { Command } from 'commander'
import { postToWebhook } from '../../adapters/webhook.ts'
import { UsageError } from '../../core/errors.ts'
import { languageNamed, languages } from '../../evening/language/language.ts'
import { parseWatch } from '../../evening/message/config.ts'
import { eveningOf, hasChanged } from '../../evening/message/evening.ts'
import { messageOf } from '../../evening/message/message.ts'
import { optionsOf, projectFolder, withLake } from '../session.ts'

interface WatchOptions {
  readonly config?: string
  readonly language?: string
  readonly post?: boolean
  readonly changes?: boolean
}

const webhook = 'PRECURSOR_WEBHOOK'

export const watchCommand = () =>
  new Command('watch')
    .description(
      'The evening as a short text: what is lit and since when, what changed, what hit, what is due tomorrow.',
    )
    .argument('[session]', 'session, as yyyy-mm-dd; by default the latest in the lake')
    .option('--config <file>', 'levels at which signals light and go out (or PRECURSOR_WATCH); by default watch.json')
    .option('--language <language>', `${languages.join(' or ')}; by default that of the configuration`)
    .option('--post', `post it to the chat whose webhook is in ${webhook}, instead of printing it`)
    .option('--changes', 'say nothing where no signal lit or went out since the session before')
    .addHelpText(
      'after',
      '\nExamples:\n  precursor watch\n  precursor watch 2025-11-20 --language zh\n  precursor run && precursor watch --post --changes',
    )
    .action((session: string | undefined, { config, language, post, changes }: WatchOptions, command: Command) =>
      withLake(optionsOf(command), async (lake) => {
        const { platform } = lake
        const place = config ?? process.env.PRECURSOR_WATCH ?? join(projectFolder, 'watch.json')
        const settings = parseWatch(new TextDecoder().decode(await platform.readFile(place)), place)
        const address = await platform.secret(webhook)
        if (post && !address) throw new UsageError(`--post needs the address of the webhook in ${webhook}`)
        const evening = await eveningOf(lake, session, settings.levels)
        if (changes && !hasChanged(evening)) return
        const { text } = messageOf(evening, language ? languageNamed(language) : settings.language)
        if (!post) return void process.stdout.write(text)
        await postToWebhook(address!, text)
        process.stdout.write(`posted the evening of ${evening.session}\n`)
      }),
    )
