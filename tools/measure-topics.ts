/** Writes docs/speech-topics.md: how well the topic rules find what a person found. `npm run topics`; needs the labelled sentences. */
import { writeFileSync } from 'node:fs'
import { topicsDoc } from './topics.ts'

writeFileSync(new URL('../docs/speech-topics.md', import.meta.url), topicsDoc())
