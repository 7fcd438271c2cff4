/** Topics of a sentence, each with the rule and the words that show it. */
import { topics } from './index.ts'
import { isHedged, isNegated, scopePatterns } from './scope.ts'
import { type Setting, settingOf, settings } from './setting.ts'
import { type Stance, stanceOf, stancePatterns, stanceTopics } from './stance.ts'
import type { Topic, TopicRule } from './topic.ts'

interface Mention {
  readonly topic: string
  readonly rule: string
  /** The words that the rule matched. */
  readonly words: string
  /** Denied, or assessed as low or absent. Tagged all the same; not counted by a score. */
  readonly isNegated: boolean
}

interface Reading {
  readonly mentions: readonly Mention[]
  /** Why a sentence with such words is no statement about them. */
  readonly setting: Setting['name'] | null
  /** Of sentences on inflation, labour or the policy rate. */
  readonly stance: Stance | null
  readonly isHedged: boolean
}

const plain = (sentence: string) =>
  sentence
    .replace(/[‐‑‒–]/g, '-')
    .replace(/[’‘]/g, "'")
    .replace(/[“”]/g, '"')
    .replace(/--|—/g, ', ')

const mentionsOf = (sentence: string, topic: Topic): Mention | undefined => {
  const text = topic.homonyms.reduce((sofar, homonym) => sofar.replace(homonym, '…'), sentence)
  for (const rule of topic.rules) {
    const found = matchOf(rule, text)
    if (found)
      return { topic: topic.name, rule: `${topic.name}.${rule.id}`, words: found, isNegated: isNegated(text, found) }
  }
  return undefined
}

const matchOf = (rule: TopicRule, text: string): string | undefined => {
  const found = rule.pattern.exec(text)?.[0]
  if (!found || (rule.with && !rule.with.test(text)) || rule.unless?.test(text)) return undefined
  return found
}

/** Text that changes whenever a rule does. */
export const rulesText = (): string =>
  JSON.stringify([topics, settings, scopePatterns, stancePatterns, stanceTopics], (_, value) =>
    value instanceof RegExp || typeof value === 'function' ? String(value) : value,
  )

/** @param year Year of the speech, by which history is told from the present. */
export const read = (sentence: string, year: number): Reading => {
  const text = plain(sentence)
  const setting = settingOf(text, year)?.name ?? null
  const mentions = setting ? [] : topics.flatMap((topic) => mentionsOf(text, topic) ?? [])
  const hasStance = mentions.some(({ topic }) => stanceTopics.includes(topic))
  return { setting, mentions, stance: hasStance ? stanceOf(text) : null, isHedged: isHedged(text) }
}
