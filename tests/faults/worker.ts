/** A process that does small evenings: one per line of its input, each with a fault at one I/O call or with none. */
import { readFileSync, unlinkSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { localPlatform } from '../../adapters/local.ts'
import { type Answers, at, evening } from './evening.ts'

const [universePath = '', answersPath = ''] = process.argv.slice(2)
const universe = readFileSync(universePath, 'utf8')
const answers = JSON.parse(readFileSync(answersPath, 'utf8')) as Answers

/** The preloaded library takes the name of the file that is removed as a command. */
const command = (text: string) => unlinkSync(`io-faults:${text}`)

const perform = async ({ folder, fault }: { folder: string; fault: string | null }) => {
  const errors: string[] = []
  command(`root=${folder}`)
  if (fault) command(fault)
  try {
    errors.push(
      ...(await evening(localPlatform({ lake: folder, now: () => new Date(at), environment: {} }), universe, answers)),
    )
  } catch (error) {
    errors.push(String(error))
  }
  command(`count=${folder}.count`)
  command('off')
  return { errors, calls: Number(readFileSync(`${folder}.count`, 'utf8')) }
}

for await (const line of createInterface({ input: process.stdin }))
  process.stdout.write(`${JSON.stringify(await perform(JSON.parse(line)))}\n`)
