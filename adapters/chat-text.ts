/** A text for a chat, in which nothing is a command: titles of events come from feeds. */
import { printable } from '../core/printable.ts'

/** Shown as nothing; a mention or a link with it inside is plain text. */
const gap = '\u200b'

/**
 * Slack takes `<!channel>` and `<address|text>` as commands unless `&`, `<` and `>` are escaped.
 * https://docs.slack.dev/messaging/formatting-message-text#escaping
 * Mattermost, Google Chat and Discord take `@channel`, `@here`, `@everyone` and `[text](address)`.
 */
export const chatText = (text: string): string =>
  printable(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[@＠](?=[\p{L}\p{N}_])/gu, (at) => `${at}${gap}`)
    .replace(/\](?=\s*[([:])/g, `]${gap}`)
