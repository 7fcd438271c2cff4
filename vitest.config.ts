import { defineConfig } from 'vitest/config'

const limits = { testTimeout: 600_000, hookTimeout: 600_000 }

export default defineConfig({
  test: {
    maxWorkers: 2,
    // Once for all projects: none of them extends this.
    globalSetup: ['tests/support/shared-lakes-folder.ts'],
    projects: [
      {
        test: {
          ...limits,
          name: 'lake',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/aws/**'],
        },
      },
      {
        test: {
          ...limits,
          name: 'aws',
          include: ['tests/aws/**/*.test.ts'],
          globalSetup: ['tests/aws/local-aws.ts'],
        },
      },
    ],
  },
})
