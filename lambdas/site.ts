/** Site: publishes the pages of the site that have changed. */
import { s3Client } from '../adapters/aws.ts'
import { chartLibrary, libraryIn } from '../adapters/chart-library.ts'
import { siteBucket } from '../adapters/site-bucket.ts'
import { languageNamed } from '../evening/language/language.ts'
import { defaultEvenings } from '../evening/site/default-evenings.ts'
import { publishSite } from '../evening/site/publish.ts'
import { siteRelations } from '../evening/site/site.ts'
import { reading } from '../pipeline/lake/current.ts'
import { onLake, setting } from './function.ts'

const bucket = setting('PRECURSOR_SITE')
const language = languageNamed(setting('PRECURSOR_LANGUAGE'))

export const handler = onLake(
  siteRelations(),
  reading(async (lake) => {
    const library = await chartLibrary(libraryIn(setting('LAMBDA_TASK_ROOT')))
    const options = { language, evenings: defaultEvenings, library }
    const { evenings, written } = await publishSite(lake, options, await siteBucket(s3Client(), bucket))
    return { evenings, written: written.length }
  }),
)
