/** docs/questions.md: each question is answered by its command on the sample. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { bin, environment } from '../support/precursor.ts'
import { episodeLake } from '../support/shared-lakes.ts'

const text = readFileSync(new URL('../../docs/questions.md', import.meta.url), 'utf8')
const questions = [...text.matchAll(/^### (\d+)\. (.*)\n\n```sh\nnpx precursor (.*)\n```/gm)].map(
  ([, number, question, command]) => ({ number: Number(number), question: question!, command: command! }),
)

/** What the sample answers, where it is known from elsewhere. */
const known: Readonly<Record<number, RegExp>> = {
  4: /2025-11-20,[\d.]+,26\.42/,
  5: /evening of 2025-11-20/,
  6: /^2025,1,48$/m,
  7: /gross_domestic_product,2025-07-01,confirmed,2025-10-30T12:30:00.000Z,[^\n]*,21$/m,
  8: /nonfarm_payrolls,2025-09-01/,
  11: /^2025-08-01,22,/m,
  12: /^2025-11-20,/m,
  15: /^2025-11-20,0\.0505\d*,-0\.0315\d*,26\.42,/m,
  17: /^2025-11-20,26\.42,2025-/m,
  19: /^mega_caps,2025,\d+,0\.\d+/m,
  23: /^2025-11-20,nonfarm_payrolls,/m,
}

describe('docs/questions.md', () => {
  let sample: string
  beforeAll(async () => {
    sample = await episodeLake()
  }, 600_000)

  it('has 25 questions', () => {
    expect(questions.map(({ number }) => number)).toEqual(Array.from({ length: 25 }, (_, i) => i + 1))
  })

  it.each(questions)('$number. $question', ({ number, command }) => {
    const asCsv = /^(query|timetable) /.test(command) ? `${command} --format csv` : command
    const line = `"${process.execPath}" "${bin}" --lake "${sample}" ${asCsv}`
    const { status, stdout, stderr } = spawnSync('sh', ['-c', line], { encoding: 'utf8', env: environment() })
    expect({ status, stderr }).toMatchObject({ status: 0, stderr: expect.not.stringMatching(/Error|no table/) })
    expect(stdout.trim().split('\n').length).toBeGreaterThan(1)
    expect(stdout).toMatch(known[number] ?? /\S/)
  })
})
