/** Lakes that many tests read: each is filled once in a test run, by the first test that asks for it. A test that writes takes a copy. */
import { fillEpisodeLake } from './episode.ts'
import { fillExtremeLake } from './extreme-lake.ts'
import { filledOnce } from './filled-once.ts'
import { fillRealLake } from './real.ts'

/** Folder of the bundled episode, played to its end. */
export const episodeLake = () => filledOnce('episode', fillEpisodeLake)

/** Folder of the real series in the shared folder, with everything that follows from them. */
export const realLake = () => filledOnce('real', fillRealLake)

/** Folder of a lake with figures at the limits in every table. */
export const extremeLake = () => filledOnce('extreme', (folder) => fillExtremeLake(folder, 0.6))
