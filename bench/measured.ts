/** Seconds, CPU seconds and memory of a piece of work in this process. */
import { median } from 'd3-array'

export interface Measured {
  readonly seconds: number
  /** CPU seconds of all threads. Other programs on the machine change them less than the seconds. */
  readonly cpu: number
  /** The largest memory of the process so far, in bytes. */
  readonly peak: number
}

const cpuSeconds = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

export const measured = async (work: () => Promise<unknown>): Promise<Measured> => {
  const [start, used] = [performance.now(), cpuSeconds()]
  await work()
  return {
    seconds: (performance.now() - start) / 1000,
    cpu: cpuSeconds() - used,
    peak: process.resourceUsage().maxRSS * 1024,
  }
}

/** The median of several runs. */
export const medianOf = (runs: readonly Measured[]): Measured => ({
  seconds: median(runs, (each) => each.seconds) ?? 0,
  cpu: median(runs, (each) => each.cpu) ?? 0,
  peak: Math.max(...runs.map((each) => each.peak)),
})

export const repeated = async (times: number, work: () => Promise<unknown>): Promise<Measured> => {
  const runs: Measured[] = []
  for (let i = 0; i < times; i++) runs.push(await measured(work))
  return medianOf(runs)
}
