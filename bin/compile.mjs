// Compiles the TypeScript of the command line once for each state of its files. Compiling at every start would take a second.
import { createHash, randomUUID } from 'node:crypto'
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const project = join(dirname(fileURLToPath(import.meta.url)), '..')
/** An installed package holds `dist`, compiled when it was packed, and no TypeScript. */
const isPacked = !existsSync(join(project, 'tsconfig.json'))
const rooms = [
  'adapters',
  'calendar',
  'cli',
  'core',
  'evaluate',
  'evening',
  'pipeline',
  'samples',
  'schemas',
  'sources',
]
const dayMs = 86_400_000

const filesIn = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    return entry.isDirectory() ? filesIn(path) : [path]
  })

/** npm writes the versions of all installed packages into it. */
const installed = join(project, 'node_modules', '.package-lock.json')

/** Changes with every file that is written, added or removed, and with every package that is installed. */
const state = () => {
  const hash = createHash('sha256').update(process.version)
  const files = [
    join(project, 'package.json'),
    ...[installed].filter((file) => existsSync(file)),
    fileURLToPath(import.meta.url),
    ...rooms.flatMap((room) => filesIn(join(project, room))),
  ]
  for (const file of files) {
    const { mtimeMs, size } = statSync(file)
    hash.update(`${file} ${mtimeMs} ${size}\n`)
  }
  return hash.digest('hex').slice(0, 12)
}

const isWritable = (folder) => {
  try {
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}

const commandLine = { main: 'cli/main.ts', worker: 'cli/desk/worker.ts' }
/** The package also offers a client with types. */
const packed = { ...commandLine, index: 'cli/client/open-lake.ts' }

/** Writes the compiled command line into a folder. Modules that a command does not need are not loaded. */
const compile = async (folder, entries, options) => {
  const { build } = await import('esbuild')
  await build({
    absWorkingDir: project,
    entryPoints: entries,
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: 'linked',
    logLevel: 'error',
    ...options,
  })
}

/** Removes what was compiled for earlier states, unless a command that is still running may need it. */
const removeEarlier = (folder) => {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name)
    if (Date.now() - statSync(path).mtimeMs > dayMs) rmSync(path, { recursive: true, force: true })
  }
}

/** What is packed loads the packages that npm installs with it. */
const withPackagesOutside = { packages: 'external' }

const place = JSON.stringify(pathToFileURL(join(project, 'cli', 'main.ts')).href)
/**
 * Here the packages are compiled too: a report loads many files of them, which takes a fifth of a CPU second more. Those with native code stay
 * outside, and so do those of AWS, which few commands need.
 */
const inPlace = {
  external: ['@duckdb/node-bindings', '@aws-sdk/*', '@aws-lambda-powertools/*', 'esbuild', 'canvas'],
  // Modules find the files of the project from their own place, which the compiled ones have lost.
  define: { 'import.meta.url': place },
  // Packages in the older format of modules load those of Node.js with it.
  banner: { js: `import { createRequire as requireFrom } from 'node:module'\nconst require = requireFrom(${place})` },
}

/** The path of the compiled command line. */
export const compiled = async () => {
  if (isPacked) return join(project, 'dist', 'main.mjs')
  const all = join(project, 'build', 'cli')
  const folder = join(all, state())
  const main = join(folder, 'main.mjs')
  if (existsSync(main)) return main
  if (!isWritable(project))
    throw new Error(`${project} cannot be written: run a command once as its owner, which compiles it`)
  const partial = `${folder}-${randomUUID()}`
  mkdirSync(partial, { recursive: true })
  await compile(partial, commandLine, inPlace)
  try {
    renameSync(partial, folder)
  } catch (error) {
    // Another command has compiled the same state at the same time.
    rmSync(partial, { recursive: true, force: true })
    if (!existsSync(main)) throw error
  }
  removeEarlier(all)
  return main
}

/** Writes the types of the client, which are made from the declarations. */
const writeTypes = async (folder) => {
  const made = join(folder, 'types')
  await compile(made, { declarations: 'cli/client/declarations.ts' }, withPackagesOutside)
  const { declarations } = await import(pathToFileURL(join(made, 'declarations.mjs')).href)
  const api = readFileSync(join(project, 'cli', 'client', 'api.ts'), 'utf8')
  for (const [name, text] of Object.entries(declarations(api))) writeFileSync(join(folder, name), text)
  rmSync(made, { recursive: true })
}

// `node bin/compile.mjs dist` compiles for the package.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = join(project, process.argv[2])
  await compile(folder, packed, withPackagesOutside)
  await writeTypes(folder)
}
