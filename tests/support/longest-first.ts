/** The order of the test files: the longest first, so that no worker waits for another one at the end. */
import { relative } from 'node:path'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/**
 * From the longest. Those of the deployment come first because Trino works beside the tests of the other worker. The second one needs
 * neither Trino nor the clients, which are installed and start meanwhile.
 */
const long = [
  'tests/aws/parity',
  'tests/interleaving/interleaving',
  'tests/aws/clients',
  'tests/aws/scans',
  'tests/aws/deploy',
  'tests/aws/bi',
  'tests/aws/athena',
  'tests/evening/html/report',
  'tests/lake/look-ahead',
  'tests/cli/asking',
  'tests/tools/documents',
  'tests/cli/desk',
  'tests/fuzz/fuzz-imports',
  'tests/fuzz/fuzz-sources',
  'tests/cli/cli',
  'tests/faults/faults',
  'tests/lake/coverage',
  'tests/cli/evenings',
  'tests/lake/as-of',
  'tests/pipeline/silver/integrity',
]

const place = ({ moduleId, project }: TestSpecification): number => {
  const at = long.indexOf(relative(project.config.root, moduleId).replace(/\.test\.ts$/, ''))
  return at < 0 ? long.length : at
}

export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    return sorted.toSorted((a, b) => place(a) - place(b))
  }
}
