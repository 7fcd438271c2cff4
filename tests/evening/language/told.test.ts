/** Titles, evidence and impacts of catalysts in Chinese: everything but quoted speech and names. */
import { describe, expect, it } from 'vitest'
import { evidenceText } from '../../../evening/language/evidence.ts'
import { saying } from '../../../evening/language/language.ts'
import { told } from '../../../evening/language/told.ts'
import { openTestLake } from '../../support/lake.ts'
import { describeShared } from '../../support/shared.ts'
import { episodeLake, realLake } from '../../support/shared-lakes.ts'

const chinese = saying('zh')

/** Two English words side by side, outside of quotations. The title of a speech is quoted, and a rule names the words that it found. */
const english = (text: string) =>
  /[a-z]{2,} [a-z]{2,}/.exec(
    text
      .replaceAll(/“[^”]*”|\([^()]*\)(?=:“|: “)/g, '')
      .replace(/^(?:主席|副主席|理事|负责监管的副主席)?[^：]+：《[^》]*》/, ''),
  )?.[0]

/** The English text as it is shown: an early close is that of the exchange, and a large figure of a release has separators. */
const readable = (text: string) =>
  text === 'XNYS closes early'
    ? 'the exchange closes early'
    : text.replace(
        /(: \+?-?|, \+?-?)(\d{4,}(?:\.\d+)?)(?= (?:thousand|million|persons|points|index|expected))/g,
        (_, before, digits) => {
          return `${before}${Number(digits).toLocaleString('en-US', { maximumFractionDigits: 2 })}`
        },
      )

const expectChinese = async (folder: string) => {
  const { lake } = await openTestLake({ folder })
  await lake.refresh()
  const texts = await lake.engine.rows<{ text: string }>(
    `select title as text from catalysts union select evidence from catalysts where evidence is not null
     union select impact from impactful_catalysts order by text`,
  )
  expect(texts.length).toBeGreaterThan(100)
  const left = texts.flatMap(({ text }) => {
    const found = english(told(text, chinese))
    return found ? [`${found}: ${text.slice(0, 120)}`] : []
  })
  expect(left).toEqual([])
  for (const { text } of texts)
    if (!text.startsWith('a speech in the top tenth')) expect(told(text, saying('en'))).toBe(readable(text))
  await lake.close()
}

it.each([
  ['NVDA reports results, revenue +3.8 % against consensus', 'NVDA 公布业绩，收入较一致预期 +3.8 %'],
  [
    'Employment Situation for 2025-09: +119 thousand persons, +50 expected, 48 days late',
    '非农就业报告（2025-09）：+119 千人，预期 +50，迟 48 天',
  ],
  [
    'Employment Situation for 2025-10, cancelled (was due 2025-11-07)',
    '非农就业报告（2025-10），已取消（原定 2025-11-07）',
  ],
  ['FOMC lowers the target range: 3.75 to 4 %', 'FOMC 下调目标区间：3.75 至 4 %'],
  ['Governor Lisa D. Cook: Speech at Georgetown University', '理事 Lisa D. Cook：《Speech at Georgetown University》'],
  ['Lisa D. Cook: Financial Stability', 'Lisa D. Cook：《Financial Stability》'],
  ['Vice Chairman Stanley Fischer: Money: A History', '副主席 Stanley Fischer：《Money: A History》'],
  [
    'Governor Lisa D. Cook: Economic Outlook (text written for the sample)',
    '理事 Lisa D. Cook：《Economic Outlook》（为样本所写的文本）',
  ],
  ['The report was released on time, as he said', 'The report was released on time, as he said'],
])('%s', (text, expected) => expect(told(text, chinese)).toBe(expected))

it.each([
  [
    'Job Openings and Labor Turnover Survey for 2025-08: 7813.02 thousand, 7200 expected, 1 days late',
    'Job Openings and Labor Turnover Survey for 2025-08: 7,813.02 thousand, 7,200 expected, 1 day late',
    '职位空缺与劳动力流动调查（2025-08）：7,813.02 千，预期 7,200，迟 1 天',
  ],
  [
    'Minutes of the FOMC meeting of 2025-10-29',
    'Minutes of the FOMC meeting of 2025-10-29',
    '2025-10-29 FOMC 会议纪要',
  ],
  ['XNYS closes early', 'the exchange closes early', '交易所提前收盘'],
])('%s is shown with separators, singulars and plain names', (text, en, zh) => {
  expect(told(text, saying('en'))).toBe(en)
  expect(told(text, chinese)).toBe(zh)
})

it('leaves quoted speech as it was said', () => {
  const quoted = 'inflation.inflation (Inflation): “Inflation has come down, due 2025.”, 2 sentences'
  expect(told(quoted, chinese)).toBe('inflation.inflation (Inflation): “Inflation has come down, due 2025.”，2 句')
})

describe('the evidence of a topic', () => {
  const whole =
    'Private credit has grown quickly, and rising links between banks and private credit funds deserve attention.'
  const part = 'Private credit has grown quickly, and rising links between banks'

  it('shows the sentence once, and the term in it by which it was found', () => {
    const text = `interconnection_leverage.bank_nonbank (${part}): “${whole}”, 1 sentence\ninflation.inflation (Inflation): “Inflation has come down.”, 2 sentences`
    expect(evidenceText(text, saying('en'))).toBe(
      `interconnection and leverage: “${whole}”, 1 sentence\ninflation (Inflation): “Inflation has come down.”, 2 sentences`,
    )
    expect(evidenceText(text, chinese)).toMatch(
      /^\p{Script=Han}+：“Private [^”]+”，1 句\n\p{Script=Han}+（Inflation）：“Inflation has come down\.”，2 句$/u,
    )
  })
})

it('evidence quotes a sentence that two topics share once', () => {
  const text = 'a_b.c (credit): “Credit grew.”, 1 sentence\nd_e.f (grew): “Credit grew.”, 1 sentence'
  expect(evidenceText(text, saying('en'))).toMatch(
    /: “Credit grew\.”, 1 sentence\n.* \(grew\): the same sentence, 1 sentence$/,
  )
})

describe('the catalysts of the sample', () => {
  it('are told in Chinese', async () => expectChinese(await episodeLake()))
})

describeShared('the catalysts of the real series', () => {
  it('are told in Chinese', async () => expectChinese(await realLake()))
})
