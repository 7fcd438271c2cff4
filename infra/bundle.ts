/** The code of a function: its entry and everything the entry imports, in one file. Source maps are kept apart. */
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildSync, type Metafile } from 'esbuild'
import { madeOnce, projectFolder } from './build-folder.ts'
import { entryOf } from './entry.ts'

export interface Bundle {
  readonly folder: string
  /** Folder with its source map. */
  readonly maps: string
  readonly metafile: Metafile
}

/** Bundles the entry of a function. Files by name are copied beside its code, such as the universe of a function that asks sources. */
export const bundle = (entry: string, beside: Readonly<Record<string, string>> = {}): Bundle => {
  const { file, text } = entryOf(entry)
  const { outputFiles, metafile } = buildSync({
    absWorkingDir: projectFolder,
    stdin: { contents: text, sourcefile: file, resolveDir: join(projectFolder, 'lambdas'), loader: 'ts' },
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
    // The native binding comes in a layer, for the processor of the function.
    external: ['@duckdb/node-bindings-*'],
    banner: { js: "import{createRequire as __c}from'node:module';const require=__c(import.meta.url);" },
    logLevel: 'error',
  })
  const [map, code] = ['.map', '.mjs'].map((end) => outputFiles.find(({ path }) => path.endsWith(end))!.contents)
  const files = Object.entries(beside).map(([name, path]) => [name, readFileSync(path)] as const)
  const hash = files.reduce((sum, [, contents]) => sum.update(contents), createHash('sha256').update(code!))
  const name = `${entry}-${hash.digest('hex').slice(0, 12)}`
  return {
    folder: madeOnce(join('functions', name), (folder) => {
      writeFileSync(join(folder, 'index.mjs'), code!)
      for (const [file, contents] of files) writeFileSync(join(folder, file), contents)
    }),
    maps: madeOnce(join('source-maps', name), (folder) => writeFileSync(join(folder, 'index.mjs.map'), map!)),
    metafile,
  }
}
