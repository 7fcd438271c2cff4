/** Mutated imports into every importable table: each lands rightly, is set aside by name or is refused by name. */
import { importableTables } from '../../pipeline/landing/import.ts'
import { importSeeds } from './import-seeds.ts'
import { fuzzSuite } from './suite.ts'

const unseeded = () =>
  importableTables.map(({ name }) => name).filter((name) => !importSeeds.some((seed) => seed.origin === name))

fuzzSuite('imports', importSeeds, { least: 500, unseeded })
