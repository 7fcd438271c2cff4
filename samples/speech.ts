/** Speeches written for the sample. They are not texts of real speeches. */
import { DateTime } from 'luxon'

interface SampleSpeech {
  readonly id: string
  readonly listed: string
  readonly speaker: string
  readonly title: string
  readonly location: string
  readonly paragraphs: readonly string[]
}

const notice = 'This text was written for the bundled sample. It is not the text of the speech that was given.'

export const sampleSpeech: SampleSpeech = {
  id: 'cook20251120a',
  listed: '11/20/2025 11:00:00 AM',
  speaker: 'Governor Lisa D. Cook',
  title: 'Financial Stability (text written for the sample)',
  location: 'At Georgetown University, Washington, D.C.',
  paragraphs: [
    notice,
    'Thank you for the invitation. I will discuss how I look at the stability of the financial system.',
    'Asset valuations are elevated relative to historical norms in several markets, including equity markets and corporate bonds.',
    'Private credit has grown quickly, and rising links between banks and private credit funds deserve attention.',
    'Leverage of hedge funds in the Treasury market is another vulnerability that I watch.',
    'Liquidity in that market has been orderly, although it can thin out when volatility rises.',
    'The labor market is cooling, and the unemployment rate has edged up.',
  ],
}

const speakers = [
  ['waller', 'Governor Christopher J. Waller'],
  ['cook', 'Governor Lisa D. Cook'],
  ['jefferson', 'Vice Chair Philip N. Jefferson'],
  ['powell', 'Chair Jerome H. Powell'],
] as const

const outlook = [
  'Inflation has come down, and it remains somewhat elevated.',
  'The labor market is in balance, and the unemployment rate is low.',
  'The policy rate is well positioned for what may come.',
  'Productivity has grown faster than before the pandemic.',
  'Banks hold ample reserves, and money markets have been orderly.',
]

/**
 * Earlier speeches of the sample, one every three weeks. In one of them, in January 2025, Cook mentions private credit.
 */
export const earlierSpeeches: readonly SampleSpeech[] = Array.from({ length: 27 }, (_, i) => {
  const [name, speaker] = speakers[i % speakers.length]!
  const day = DateTime.utc(2024, 4, 25).plus({ weeks: 3 * i })
  const isJanuary = day.toISODate()! >= '2025-01-01' && day.toISODate()! < '2025-01-22'
  return {
    id: `${name}${day.toFormat('yyyyMMdd')}a`,
    listed: day.toFormat("M/d/yyyy '10:00:00 AM'"),
    speaker: isJanuary ? 'Governor Lisa D. Cook' : speaker,
    title: 'Economic Outlook (text written for the sample)',
    location: 'Washington, D.C.',
    paragraphs: [
      notice,
      ...outlook.filter((_, k) => (i + k) % 2 === 0),
      ...(isJanuary ? ['Private credit is a growing part of lending to businesses.'] : []),
    ],
  }
}).reverse()
