import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    testTimeout: 120_000,
    hookTimeout: 180_000,
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'lake',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/aws/**'],
          globalSetup: ['tests/support/episode.ts', 'tests/support/real.ts'],
        },
      },
      {
        extends: true,
        test: { name: 'aws', include: ['tests/aws/**/*.test.ts'], testTimeout: 600_000 },
      },
    ],
  },
})
