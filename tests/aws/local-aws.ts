/**
 * An AWS on this machine for all tests of the deployment: the emulator, and Athena by real Trino over its Glue and S3. It starts beside the
 * first tests, so that only the tests that ask for it wait.
 */
import { inject } from 'vitest'
import { untilThere } from '../support/filled-once.ts'
import { hasPython, installedMark, pythonProgram } from './python.ts'
import { hasTrino } from './trino.ts'

export interface LocalAws {
  readonly url: string
  readonly athenaUrl: string
  readonly trinoUrl: string
  /** File with the calls that the emulator has authorised or refused, one JSON object per line. */
  readonly callLog: string
  /** Where a test may let the sources be replayed. */
  readonly replayPort: number
  /** What a program needs to talk to it. */
  readonly environment: Readonly<Record<string, string>>
  /** Exists when all of it has started. */
  readonly started: string
  /** Exists, with the reason, when it did not start or a Python environment could not be installed. */
  readonly failed: string
}

declare module 'vitest' {
  export interface ProvidedContext {
    localAws: LocalAws
  }
}

export const hasLocalAws = hasPython && hasTrino

/** Waits until it has started. */
export const localAws = async (): Promise<LocalAws> => {
  const aws = inject('localAws')
  await untilThere(aws.started, aws.failed, 'the local AWS did not start')
  return aws
}

/** Waits until the environment of these clients is installed, and gives its Python. */
export const pythonWith = async (name: 'clients' | 'superset'): Promise<string> => {
  await untilThere(installedMark(name), inject('localAws').failed, `the Python environment ${name} was not installed`)
  return pythonProgram(name)
}
