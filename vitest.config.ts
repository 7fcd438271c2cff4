import { defineConfig } from 'vitest/config'
import LongestFirst from './tests/support/longest-first.ts'

const shared = {
  testTimeout: 600_000,
  hookTimeout: 600_000,
  setupFiles: ['tests/support/remove-folders.ts'],
}

export default defineConfig({
  test: {
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    // Once for all projects: none of them extends this.
    globalSetup: ['tests/support/shared-lakes-folder.ts'],
    projects: [
      {
        test: {
          ...shared,
          name: 'lake',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/aws/**'],
          // The files of a worker run in one process and load the modules of the project once. A file that changes the process, such
          // as a global function or a class of the SDK, restores it at its end.
          isolate: false,
        },
      },
      {
        test: {
          ...shared,
          name: 'aws',
          include: ['tests/aws/**/*.test.ts'],
          globalSetup: ['tests/aws/start-local-aws.ts'],
        },
      },
    ],
  },
})
