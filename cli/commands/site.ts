/** `precursor site`: the static site of all evenings, written into a folder. */
import { join } from 'node:path'
import { type Command, InvalidArgumentError } from 'commander'
import { chartLibrary } from '../../adapters/chart-library.ts'
import { siteInFolder } from '../../adapters/site-folder.ts'
import { languageNamed, languages } from '../../evening/language/language.ts'
import { defaultEvenings } from '../../evening/site/default-evenings.ts'
import { reading } from '../../pipeline/lake/current.ts'
import { say, writingInto } from '../output.ts'
import { siteFolder } from '../output-names.ts'
import { optionsOf, queryingLake } from '../session.ts'
import { tellStale } from '../stale.ts'
import { commandNamed } from './list.ts'

interface SiteOptions {
  readonly out?: string
  readonly language: string
  readonly evenings: number
}

const positive = (text: string): number => {
  const count = Number(text)
  if (!Number.isInteger(count) || count < 1) throw new InvalidArgumentError('write a whole number from 1 on')
  return count
}

export const siteCommand = () =>
  commandNamed('site')
    .option('--out <folder>', 'folder of the site (default: site, or site.zh)')
    .option('--language <language>', languages.join(' or '), 'en')
    .option('--evenings <count>', 'latest evenings with a page of their own', positive, defaultEvenings)
    .addHelpText(
      'after',
      '\nExamples:\n  precursor site\n  precursor site --out public --language zh\n  precursor site --evenings 2000',
    )
    .action(({ out: given, language: name, evenings }: SiteOptions, command: Command) => {
      const language = languageNamed(name)
      const out = given ?? siteFolder(language)
      // The modules that draw are loaded while the engine opens the lake.
      const site = import('../../evening/site/publish.ts')
      return queryingLake(
        optionsOf(command),
        reading(async (lake) => {
          const options = { language, evenings, library: await chartLibrary() }
          const { publishSite } = await site
          const {
            evenings: count,
            written,
            stale,
          } = await writingInto(out, () => publishSite(lake, options, siteInFolder(out)))
          say(`${join(out, 'index.html')}: ${count} evenings, ${written.length} files written\n`)
          if (stale) tellStale(stale)
        }),
      )
    })
