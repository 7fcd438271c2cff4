/** The sections of the page in order: first those that the evening knew, then those that became known later. */
import type { SignalLevels } from '../../../schemas/signal-levels.ts'
import type { Section } from '../exhibit.ts'
import { catalystsSection } from './catalysts.ts'
import { flowSection } from './flow.ts'
import { liquiditySection } from './liquidity.ts'
import { movedSection } from './moved.ts'
import { rareSection } from './rare.ts'
import { resonanceSection } from './resonance.ts'
import { scoreSection } from './score.ts'
import { unknownSection } from './unknown.ts'
import { volatilitySection } from './volatility.ts'
import { warningSection } from './warning.ts'

export { laterSections } from './later.ts'

export const eveningSections = (session: string, levels: SignalLevels = {}): Section[] =>
  [
    movedSection,
    rareSection,
    flowSection,
    volatilitySection,
    warningSection,
    liquiditySection,
    catalystsSection,
    resonanceSection,
    scoreSection,
    unknownSection,
  ].map((section) => section(session, levels))
