/** The recorded facts around 2025-11-20, landed as an analyst would import them. */
import type { Lake } from '../../pipeline/lake/lake.ts'
import { announcement, filing, goldenPayrollLevels, land } from './import.ts'
import { sharedCsv } from './shared-folder.ts'

export const landEventFacts = async (lake: Lake): Promise<void> => {
  const accepted = '2025-11-19T21:20:31Z'
  await land(lake, 'filings', [filing('NVDA', '0001045810-25-000228', '8-K', '2.02,9.01', accepted)])
  // What a feed of latest vintages has a month later: September revised to +108.
  const later = {
    series: 'PAYEMS',
    reference_period: '2025-09-01',
    value: 159_176,
    known_at: '2025-12-16T13:30:00Z',
  }
  await land(lake, 'macro_releases', [...goldenPayrollLevels(), later])
  const [calendar] = sharedCsv('golden/macro_release_calendar_2025_shutdown.csv')
  await land(lake, 'release_calendar', [
    announcement('nonfarm_payrolls', '2025-09-01', `${calendar?.scheduled}T12:30:00Z`, '2025-09-01T12:00:00Z'),
  ])
  const [nfp] = sharedCsv('golden/macro_nfp_2025_09.csv')
  const expectation = {
    release: 'nonfarm_payrolls',
    scheduled_at: '2025-11-20T13:30:00Z',
    known_at: '2025-11-19T12:00:00Z',
  }
  const unsaid = { reference_period: '', released_at: '', actual: '', prior: '' }
  await land(lake, 'consensus', [
    { ...expectation, ...unsaid, consensus: nfp?.consensus_k },
    { ...expectation, ...unsaid, consensus: 119, known_at: '2025-11-20T13:30:01Z' },
  ])
  // Her text is not recorded: where and when is.
  await land(lake, 'speeches', [
    {
      speech_id: 'cook20251120a',
      part: 'listing',
      held_at: '2025-11-20T16:00:00Z',
      speaker: 'Lisa D. Cook',
      role: 'Governor',
      title: 'Speech at Georgetown University',
      location: 'Washington, D.C.',
      url: 'https://www.federalreserve.gov/newsevents/speech/cook20251120a.htm',
      body: '',
      footnotes: '',
      known_at: '2025-11-20T16:00:00Z',
    },
  ])
}
