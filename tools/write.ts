/** `npm run docs`: writes the generated documents, unless a published column has changed. */
import { fileURLToPath } from 'node:url'
import { localPlatform } from '../adapters/local.ts'
import { checkContract } from '../infra/contract.ts'
import { allDocs } from './generate.ts'

await checkContract()
const platform = localPlatform({ lake: 'docs' })
for (const [path, text] of Object.entries(allDocs())) {
  await platform.writeScratch(fileURLToPath(new URL(`../${path}`, import.meta.url)), Buffer.from(text))
}
