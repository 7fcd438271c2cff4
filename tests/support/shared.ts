/** Suites on recorded data: skipped, by name, where the shared folder is absent. */
import { describe } from 'vitest'
import { hasShared } from './shared-folder.ts'

export * from './shared-folder.ts'

export const describeShared = describe.skipIf(!hasShared)
