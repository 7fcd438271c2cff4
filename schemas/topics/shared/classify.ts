/** Classifies a sentence: its topics, each with the rule and the words that assign it, and its stance. */

import type { Topic, TopicRule } from '../../topic.ts'
import { topics } from '../index.ts'
import { isHedged, isNegated, scopePatterns } from './scope.ts'
import { type Setting, settingOf, settings } from './setting.ts'
import { type Stance, stanceOf, stancePatterns, stanceTopics } from './stance.ts'

interface Mention {
  readonly topic: string
  readonly rule: string
  /** The words that the rule matched. */
  readonly words: string
  /**
   * True if the sentence denies the topic, or assesses the risk as low or absent. Such a mention is stored, but scores
   * do not count it.
   */
  readonly isNegated: boolean
}

interface Reading {
  readonly mentions: readonly Mention[]
  /** The setting in which a sentence with such words makes no statement about the topic; NULL if it is in none. */
  readonly setting: Setting['name'] | null
  /** NULL for sentences that are not about inflation, labour or the policy rate. */
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

/** All rules as text, which changes whenever a rule changes. */
export const rulesText = (): string =>
  JSON.stringify([topics, settings, scopePatterns, stancePatterns, stanceTopics], (_, value) =>
    value instanceof RegExp || typeof value === 'function' ? String(value) : value,
  )

/**
 * Classifies one sentence.
 * @param year year of the speech; a sentence about an earlier year may be history.
 */
export const read = (sentence: string, year: number): Reading => {
  const text = plain(sentence)
  const setting = settingOf(text, year)?.name ?? null
  const mentions = setting ? [] : topics.flatMap((topic) => mentionsOf(text, topic) ?? [])
  const hasStance = mentions.some(({ topic }) => stanceTopics.includes(topic))
  return { setting, mentions, stance: hasStance ? stanceOf(text) : null, isHedged: isHedged(text) }
}
