// Installs the dependencies when they are missing or older than the lock file. Runs before `npm start` and `npm test`;
// `--omit=dev` leaves out what only the tests need.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(fileURLToPath(import.meta.url))
const read = (path) => (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined)

const [major] = process.versions.node.split('.').map(Number)
if (major < 20) {
  console.error(`Precursor needs Node 20 or newer; this is ${process.version}.`)
  process.exit(1)
}

const omitsDev = process.argv.includes('--omit=dev')
const wanted = read(join(root, 'package-lock.json')).packages
const installed = read(join(root, 'node_modules', '.package-lock.json'))?.packages ?? {}
const missing = Object.entries(wanted).filter(
  ([path, { version, optional, dev }]) =>
    path.startsWith('node_modules/') && !optional && !(dev && omitsDev) && installed[path]?.version !== version,
)
if (missing.length) {
  console.error(`Installing ${missing.length} packages …`)
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const { status } = spawnSync(
    npm,
    ['ci', '--no-audit', '--no-fund', '--loglevel=error', ...(omitsDev ? ['--omit=dev'] : [])],
    {
      cwd: root,
      stdio: ['ignore', 2, 2],
    },
  )
  process.exit(status ?? 1)
}
