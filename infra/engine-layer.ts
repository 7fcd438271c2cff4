/** The native part of DuckDB as a layer, in the version of the lock file, for the processor of the functions. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as lambda from 'aws-cdk-lib/aws-lambda'
import type { Construct } from 'constructs'
import { madeOnce, projectFolder } from './build-folder.ts'
import type { Settings } from './settings.ts'

type Architecture = Settings['architecture']

const packageFor = { arm64: '@duckdb/node-bindings-linux-arm64', x86_64: '@duckdb/node-bindings-linux-x64' } as const

export class EngineLayer extends lambda.LayerVersion {
  constructor(scope: Construct, id: string, architecture: Architecture) {
    super(scope, id, {
      description: `DuckDB for Node, ${architecture}`,
      code: lambda.Code.fromAsset(engineFolder(architecture)),
      compatibleArchitectures: [lambda.Architecture[architecture === 'arm64' ? 'ARM_64' : 'X86_64']],
      compatibleRuntimes: [lambda.Runtime.NODEJS_24_X],
    })
  }
}

/** A folder laid out as a layer. If npm has not installed the package for that processor, it is downloaded and checked. */
export const engineFolder = (architecture: Architecture): string => {
  const name = packageFor[architecture]
  const { version, integrity } = locked(name)
  return madeOnce(`engine-${architecture}-${version}`, (folder) => {
    const target = join(folder, 'nodejs', 'node_modules', name)
    mkdirSync(target, { recursive: true })
    const installed = join(projectFolder, 'node_modules', name)
    if (existsSync(installed)) cpSync(installed, target, { recursive: true, dereference: true })
    else unpack(`${name}@${version}`, integrity, target)
  })
}

const locked = (name: string): { version: string; integrity: string } => {
  const { packages } = JSON.parse(readFileSync(join(projectFolder, 'package-lock.json'), 'utf8'))
  return packages[`node_modules/${name}`]
}

const unpack = (specifier: string, integrity: string, target: string) => {
  const into = mkdtempSync(join(tmpdir(), 'precursor-engine-'))
  const packed = execFileSync('npm', ['pack', specifier, '--json', '--silent', '--pack-destination', into], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const file = join(into, JSON.parse(packed)[0].filename)
  const found = `sha512-${createHash('sha512').update(readFileSync(file)).digest('base64')}`
  if (found !== integrity) throw new Error(`${specifier}: its hash is ${found}, the lock file says ${integrity}`)
  execFileSync('tar', ['-xzf', file, '-C', target, '--strip-components=1'])
  rmSync(into, { recursive: true })
}
