/** A speech written for the sample: it is not the text of any speech that was given. */
export const sampleSpeech = {
  id: 'cook20251120a',
  day: 'November 20, 2025',
  listed: '11/20/2025 11:00:00 AM',
  speaker: 'Governor Lisa D. Cook',
  title: 'Financial Stability (text written for the sample)',
  location: 'At Georgetown University, Washington, D.C.',
  paragraphs: [
    'This text was written for the bundled sample. It is not the text of the speech that was given.',
    'Thank you for the invitation. I will discuss how I look at the stability of the financial system.',
    'Asset valuations are elevated relative to historical norms in several markets, including equity markets and corporate bonds.',
    'Private credit has grown quickly, and rising links between banks and private credit funds deserve attention.',
    'Leverage of hedge funds in the Treasury market is another vulnerability that I watch.',
    'Liquidity in that market has been orderly, although it can thin out when volatility rises.',
    'The labor market is cooling, and the unemployment rate has edged up.',
  ],
  footnote: '1. Written for the sample.',
} as const

/** Earlier speeches of the sample list. */
export const earlierSpeeches = [
  {
    d: '10/16/2025 9:00:00 AM',
    t: 'Economic Outlook (sample)',
    s: 'Governor Christopher J. Waller',
    lo: 'At the Council on Foreign Relations, New York, New York',
    l: '/newsevents/speech/waller20251016a.htm',
  },
  {
    d: '11/3/2025 2:00:00 PM',
    t: 'Economic Outlook and Monetary Policy (sample)',
    s: 'Governor Lisa D. Cook',
    lo: 'At the Brookings Institution, Washington, D.C.',
    l: '/newsevents/speech/cook20251103a.htm',
  },
] as const
