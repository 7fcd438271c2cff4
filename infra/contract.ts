/** The contract, checked before a deployment: every view binds, and no published table or view has changed its shape. */
import { readFileSync } from 'node:fs'
import { ContractError } from '../core/errors.ts'
import { unboundViews } from '../pipeline/silver/bind.ts'
import { breakingChanges, type Published } from '../schemas/published.ts'
import { allRelations } from '../schemas/relations.ts'
import type { Relation } from '../schemas/view.ts'

const publishedFile = new URL('../schemas/published.json', import.meta.url)

export const checkContract = async (relations: readonly Relation[] = allRelations): Promise<void> => {
  const published = JSON.parse(readFileSync(publishedFile, 'utf8')) as Published
  const broken = [...breakingChanges(published, relations), ...(await unboundViews(relations))]
  if (broken.length > 0)
    throw new ContractError(
      `the catalog would break; add columns, and keep what there is (CONTRIBUTING: A column):\n${broken.join('\n')}`,
    )
}
