/** Every catalyst kind; one line each. */
import type { Catalyst } from '../catalyst.ts'
import { consumerPrices } from './consumer_prices.ts'
import { earnings } from './earnings.ts'
import { fedSpeech } from './fed_speech.ts'
import { nonfarmPayrolls } from './nonfarm_payrolls.ts'

export const catalystKinds: readonly Catalyst[] = [consumerPrices, earnings, fedSpeech, nonfarmPayrolls]
