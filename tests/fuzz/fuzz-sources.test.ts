/** Mutated payloads of every source: each lands rightly, is set aside by name or is refused by name. */

import { payloadSeeds, unseeded } from './payload-seeds.ts'
import { fuzzSuite } from './suite.ts'

fuzzSuite('payloads of sources', await payloadSeeds(), { least: 500, unseeded })
