/** The code of a function: its entry and what that imports, in one file. Source maps stay outside of it. */
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildSync, type Metafile } from 'esbuild'
import { madeOnce, projectFolder } from './build-folder.ts'

export interface Bundle {
  readonly folder: string
  /** Folder with its source map. */
  readonly maps: string
  readonly metafile: Metafile
}

/** Bundles `lambdas/<entry>.ts`; where it asks sources, with the universe that it follows beside it. */
export const bundle = (entry: string, universe?: string): Bundle => {
  const { outputFiles, metafile } = buildSync({
    absWorkingDir: projectFolder,
    entryPoints: [`lambdas/${entry}.ts`],
    outfile: 'index.mjs',
    write: false,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    minify: true,
    legalComments: 'none',
    sourcemap: 'external',
    metafile: true,
    // The binding comes in a layer, for the processor of the function.
    external: ['@duckdb/node-bindings-*'],
    banner: { js: "import{createRequire as __c}from'node:module';const require=__c(import.meta.url);" },
    logLevel: 'error',
  })
  const [map, code] = ['.map', '.mjs'].map((end) => outputFiles.find(({ path }) => path.endsWith(end))!.contents)
  const followed = universe ? readFileSync(universe) : Buffer.of()
  const name = `${entry}-${createHash('sha256').update(code!).update(followed).digest('hex').slice(0, 12)}`
  return {
    folder: madeOnce(join('functions', name), (folder) => {
      writeFileSync(join(folder, 'index.mjs'), code!)
      if (universe) writeFileSync(join(folder, 'universe.json'), followed)
    }),
    maps: madeOnce(join('source-maps', name), (folder) => writeFileSync(join(folder, 'index.mjs.map'), map!)),
    metafile,
  }
}
