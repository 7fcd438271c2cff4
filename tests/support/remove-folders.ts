/** Runs before each file of tests: what it makes in temporary folders is gone when it has ended. */
import { afterAll } from 'vitest'
import { removeFolders } from './folders.ts'

afterAll(removeFolders)
