/**
 * Topics of central-bank speeches: sentences that the rules must find or must not find, and their quality on labelled
 * sentences.
 */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { topics } from '../../schemas/topics/index.ts'
import { read } from '../../schemas/topics/shared/classify.ts'
import { sentencesOf } from '../../schemas/topics/shared/sentences.ts'
import { firstMeasures, unreadSets } from '../../tools/topic-history.ts'
import { f1, heldOut, measureTopics, sharedSentences, stances, summary } from '../../tools/topic-measures.ts'
import { topicsDoc } from '../../tools/topics.ts'
import { describeShared } from '../support/shared.ts'

const topicsOf = (sentence: string, year = 2025) => read(sentence, year).mentions.map(({ topic }) => topic)

describe('a topic', () => {
  it.each([
    ['BDCs have raised leverage since last year.', 'private_credit'],
    ['Nonbank lenders now finance large and midsize corporations.', 'private_credit'],
    ['Compressed risk premiums leave little room for bad news.', 'asset_valuations'],
    ['Hedge funds with high leverage could be forced to sell Treasury securities.', 'interconnection_leverage'],
    ['Repo rates rose as reserves declined.', 'liquidity_funding'],
    ['Firms intend to pass higher tariff costs on to consumers.', 'inflation'],
    ['Hiring has slowed and vacancies are down.', 'labour_market'],
    [
      'A cut at the next meeting is not a foregone conclusion, and rates may stay on hold as policy is restrictive.',
      'policy_rate',
    ],
    ['Tokenized deposits could settle around the clock.', 'stablecoins_crypto'],
    ['Generative AI may raise output per hour.', 'ai_productivity'],
    ['Stress tests should be more transparent.', 'regulation'],
    ['Trades in these contracts are now centrally cleared.', 'interconnection_leverage'],
    [
      'Tighter rules for banks may push risk into the shadows, outside of the regulated banking system.',
      'interconnection_leverage',
    ],
    ['The collapse of one large dealer would harm the entire financial system.', 'interconnection_leverage'],
    ['Investors in such funds could redeem at once and force fire sales.', 'interconnection_leverage'],
    ['Prime money funds are vulnerable to runs.', 'liquidity_funding'],
    ['The Treasury market must function well under stress.', 'liquidity_funding'],
    ['Banks should meet the highest standards.', 'regulation'],
    ['We expect to keep a high degree of accommodation.', 'policy_rate'],
    ['Slack has diminished.', 'labour_market'],
    ['Bond markets show signs of overheating.', 'asset_valuations'],
    ['Energy prices have moved up.', 'inflation'],
  ])('%s → %s', (sentence, topic) => {
    expect(topicsOf(sentence)).toContain(topic)
  })

  it.each([
    ['A CBDC would be a liability of the central bank.', 'private_credit'],
    ['The flow of credit through private credit markets had stopped.', 'private_credit'],
    ['The supplementary leverage ratio is a backstop.', 'interconnection_leverage'],
    ['We work closely with our counterparts abroad.', 'interconnection_leverage'],
    ['The law requires that standardized swaps are centrally cleared.', 'interconnection_leverage'],
    ['Our mandate is maximum employment and price stability.', 'labour_market'],
    ['Our mandate is maximum employment and price stability.', 'inflation'],
    ['The Federal Reserve is independent.', 'liquidity_funding'],
    ['Labor productivity grew quickly.', 'labour_market'],
    ['Regulatory capital ratios remained high.', 'regulation'],
    ['Strong capital levels of banks are one reason.', 'regulation'],
    ['Underwriting standards of banks have eased.', 'regulation'],
    ['Firms with high leverage pay more interest.', 'interconnection_leverage'],
    ['Automated clearinghouse payments have grown.', 'interconnection_leverage'],
    ['Monetary policy in the euro area has been highly accommodative.', 'policy_rate'],
    ['The Taylor rule is a simple guide.', 'regulation'],
    ['Policy should respond to the outlook for employment and inflation.', 'inflation'],
    ['Our goal is measured by PCE inflation.', 'inflation'],
    ['The system does not rely on blockchain technology.', 'stablecoins_crypto'],
  ])('%s is not %s', (sentence, topic) => {
    expect(topicsOf(sentence)).not.toContain(topic)
  })

  it.each([
    ['Today I will discuss inflation and the labor market.', 'agenda'],
    ['For a discussion of repo markets, see Smith (2019).', 'note'],
    ['The term premium is defined as the compensation for holding long-term bonds.', 'definition'],
    ['We remain committed to bringing inflation back to our 2 percent goal.', 'mandate'],
    ['In 2008, short-term funding dried up and banks failed.', 'history'],
    ['The indicators include leverage, liquidity, asset prices, complexity, funding costs, and linkages.', 'list'],
  ])('%s is in the setting %s and makes no statement', (sentence, setting) => {
    expect(read(sentence, 2025)).toMatchObject({ setting, mentions: [] })
  })

  it('a denied topic is found and flagged, only within the scope of the negation', () => {
    const negated = (sentence: string) => read(sentence, 2025).mentions.map(({ isNegated }) => isNegated)
    expect(negated('We do not see contagion.')).toEqual([true])
    expect(negated('Financial stability risks from hedge fund leverage are limited.')).toEqual([true])
    expect(
      negated('It does not surprise me, after the year that we have all had in markets, that contagion is feared.'),
    ).toEqual([false])
    expect(read('Contagion may follow.', 2025)).toMatchObject({ isHedged: true })
  })

  it('each mention names its rule and words that are in the sentence', () => {
    const sentence = 'Private credit has grown quickly, and runs on money funds are a risk.'
    const { mentions } = read(sentence, 2025)
    expect(mentions.length).toBeGreaterThan(1)
    for (const { topic, rule, words } of mentions) {
      expect(rule.startsWith(`${topic}.`)).toBe(true)
      expect(sentence).toContain(words)
    }
    expect(read('Inflation is far too high.', 2025).stance).toBe('hawkish')
    expect(read('The labor market is weakening.', 2025).stance).toBe('dovish')
  })

  it.each([
    ['Payrolls rose briskly.', 'hawkish'],
    ['Unemployment rose.', 'dovish'],
    ['Inflation has not risen.', 'dovish'],
    ['The labor market is no longer overheated.', 'dovish'],
    ['Slower progress on inflation is a concern.', 'hawkish'],
    ['We are in no hurry to cut rates.', 'hawkish'],
    ['Rate hikes are unlikely.', 'dovish'],
    ['We should soon taper our asset purchases.', 'hawkish'],
    ['The Committee decided to lower the target range.', 'dovish'],
    ['Inflation is elevated, but the labor market is weakening.', 'neutral'],
    ['When will inflation come down?', 'neutral'],
    ['Longer-run inflation expectations remain well anchored.', 'neutral'],
    ['Vacancies, while still high, have fallen.', 'dovish'],
    ['Inflation was low in the spring but has risen lately.', 'neutral'],
    ['Inflation should gradually rise to our 2 percent goal.', 'neutral'],
  ])('the stance of “%s” is %s', (sentence, stance) => {
    expect(read(sentence, 2025).stance).toBe(stance)
  })

  it('a possessive is not a claim about the present', () => {
    expect(read("In 2008, AIG's counterparties fled.", 2015)).toMatchObject({ setting: 'history', mentions: [] })
    expect(read("In 2008 it failed, and it's a lesson for counterparty risk.", 2015).setting).toBeNull()
  })

  it('rules have unique names', () => {
    for (const { rules } of topics) expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length)
  })
})

it('an abbreviation does not end a sentence, and a footnote mark does not hide the end of one', () => {
  const text = 'The U.S. economy grew by 2 percent.3 Mr. Smith of Acme Inc. agreed. “So it is.” Then we left.'
  expect(sentencesOf(text)).toEqual([
    'The U.S. economy grew by 2 percent.3',
    'Mr. Smith of Acme Inc. agreed.',
    '“So it is.”',
    'Then we left.',
  ])
})

const sets = firstMeasures.map(({ set }) => set)

describe('sentences of speeches that were opened after the rules were final', () => {
  it.each([
    ['first', 0.88, 0.9],
    ['second', 0.88, 0.9],
    ['third', 0.87, 0.88],
    ['fourth', 0.95, 0.95],
    ['fifth', 0.95, 0.95],
    ['sixth', 0.92, 0.93],
    ['seventh', 0.92, 0.93],
    ['eighth', 0.87, 0.87],
  ])('the %s set has a macro F1 above %d and a micro F1 above %d', (set, macro, micro) => {
    const measured = summary(measureTopics(heldOut(set)))
    expect(measured.macro).toBeGreaterThan(macro)
    expect(measured.micro).toBeGreaterThan(micro)
  })

  it('macro F1 is above 0.85 on the sets whose mistakes have not been read', () => {
    expect(summary(measureTopics(unreadSets.flatMap(heldOut))).macro).toBeGreaterThan(0.85)
  })

  it('the stance is right for 70 % of the sentences whose mistakes were read', () => {
    const { right, n } = stances(sets.filter((set) => !unreadSets.includes(set)).flatMap(heldOut))
    expect(right / n).toBeGreaterThan(0.7)
  })

  it('no speech is in two sets, and no sentence is there twice', () => {
    const all = sets.map(heldOut)
    const speeches = all.flatMap((each) => [...new Set(each.map(({ speech }) => speech))])
    expect(new Set(speeches).size).toBe(speeches.length)
    const sentences = all.flat().map(({ sentence }) => sentence)
    expect(new Set(sentences).size).toBe(sentences.length)
  })
})

describeShared('labelled sentences', () => {
  it('no held-out speech is among the speeches that were read', () => {
    const read = new Set(sharedSentences().map(({ speech }) => speech))
    for (const set of sets) expect(heldOut(set).filter(({ speech }) => read.has(speech))).toEqual([])
  })

  it('macro F1 is above 0.85, every topic above 0.8, and the document says what is measured', () => {
    const measured = measureTopics()
    expect(summary(measured).macro).toBeGreaterThan(0.85)
    for (const [topic, counts] of measured) expect(f1(counts), topic).toBeGreaterThan(0.8)
    expect(readFileSync(new URL('../../docs/speech-topics.md', import.meta.url), 'utf8')).toBe(topicsDoc())
  })
})
