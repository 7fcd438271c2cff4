/** `npm run topics`: compares the topic rules with labelled sentences and writes docs/speech-topics.md. Needs the shared folder. */
import { writeFileSync } from 'node:fs'
import { topicsDoc } from './topics.ts'

writeFileSync(new URL('../docs/speech-topics.md', import.meta.url), topicsDoc())
