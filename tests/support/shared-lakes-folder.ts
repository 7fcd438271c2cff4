/** The folder for the lakes that tests share; removed when the run ends. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  export interface ProvidedContext {
    sharedLakes: string
  }
}

export default function setup(project: TestProject) {
  const folder = mkdtempSync(join(tmpdir(), 'precursor-lakes-'))
  project.provide('sharedLakes', folder)
  return () => rmSync(folder, { recursive: true, force: true })
}
