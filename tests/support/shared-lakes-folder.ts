/** The folder for the lakes that tests share, and the place of all temporary folders; removed when the run ends. */
import { mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { freemem, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { inMemory } from './folders.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    sharedLakes: string
  }
}

/** The lakes of a whole run and the cache of Trino need less than half of this. */
const enough = 8e9

const hasRoom = (): boolean => {
  try {
    const { bavail, bsize } = statfsSync(inMemory)
    return bavail * bsize > enough && freemem() > enough
  } catch {
    return false
  }
}

export default function setup(project: TestProject) {
  const { TMPDIR } = process.env
  // Each object of a lake is written to the disk before the next one. In memory nothing waits for that.
  const parent = mkdtempSync(join(hasRoom() ? inMemory : tmpdir(), 'precursor-tests-'))
  process.env.TMPDIR = parent
  project.provide('sharedLakes', mkdtempSync(join(parent, 'lakes-')))
  return () => {
    if (TMPDIR === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = TMPDIR
    rmSync(parent, { recursive: true, force: true })
  }
}
