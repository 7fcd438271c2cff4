/** The command line of CDK, as a user runs it. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const project = fileURLToPath(new URL('../..', import.meta.url))
/** The emulator runs the functions on this machine. */
const processor = ['-c', 'architecture=x86_64']

interface Place {
  /** Folder of the command. In the project, it synthesizes the app. */
  readonly cwd?: string
}

export const cdk = async (
  environment: Readonly<Record<string, string>>,
  args: readonly string[],
  { cwd = project }: Place = {},
): Promise<void> => {
  const command = [join(project, 'node_modules/aws-cdk/bin/cdk'), ...args, ...processor]
  const env = { ...process.env, ...environment }
  try {
    await promisify(execFile)(process.execPath, command, { cwd, env, maxBuffer: 1e8 })
  } catch (error) {
    throw new Error(`cdk ${args[0]}: ${(error as { stderr?: string }).stderr?.slice(-4000)}`)
  }
}
