/** The evidence of a tag without the names that only the lake uses: topics, times of day and instants in plain words. */
import type { Say } from './language.ts'
import { plainNames } from './names.ts'
import { clock } from './numbers.ts'
import { insideQuotation, outsideQuotation, told } from './told.ts'

const instant = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g
/** A topic, the rule of it that found the sentence, and the words of the sentence that the rule found. */
const topic = /^([a-z_]+)\.[a-z0-9_]+ \((.*)\): $/gm
/** More words are a part of the sentence, which follows them, rather than a term in it. */
const mostWords = 3
/** Part of the day in brackets, as the filings are tagged. */
const timing = / ?\(([a-z]+_[a-z]+)\)/g

/** A sentence that several topics share is quoted with the first of them. */
const eachOnce = (text: string, say: Say): string => {
  const quoted = new Set<string>()
  return insideQuotation(text, (sentence) => {
    const isThere = quoted.has(sentence)
    quoted.add(sentence)
    return isThere ? say('sentence_above') : sentence
  })
}

export const evidenceText = (text: string, say: Say): string =>
  eachOnce(
    outsideQuotation(told(text, say), (part) =>
      part
        .replace(instant, clock)
        .replace(topic, (_, name: string, words: string) => {
          const found = { topic: plainNames(name, say), words }
          return say(words.split(/\s+/).length > mostWords ? 'sentence_on' : 'sentence_on_by', found)
        })
        .replace(timing, (_, name: string) => say('remark', { remark: plainNames(name, say) })),
    ),
    say,
  )
