/** `npm run docs`. */
import { fileURLToPath } from 'node:url'
import { localPlatform } from '../pipeline/adapters/local.ts'
import { allDocs } from './generate.ts'

const platform = localPlatform({ lake: 'docs' })
for (const [path, text] of Object.entries(allDocs())) {
  await platform.writeScratch(fileURLToPath(new URL(`../${path}`, import.meta.url)), Buffer.from(text))
}
