/** The statistics that the lake follows. A catalyst kind turns each into tags; sources and views read the facts here. */
import type { Release } from './catalyst.ts'

export const nonfarmPayrollsRelease: Release = {
  series: 'PAYEMS',
  measure: 'change',
  unit: 'thousand persons',
  consensusScale: 1e-3,
  clock: '08:30',
  blsTitle: 'Employment Situation',
  consensusTitles: ['Non-Farm Employment Change', 'Nonfarm Payrolls', 'Non Farm Payrolls'],
  lagMonths: 1,
}

export const consumerPricesRelease: Release = {
  series: 'CPIAUCSL',
  measure: 'percent_change',
  unit: '% m/m',
  consensusScale: 1,
  clock: '08:30',
  blsTitle: 'Consumer Price Index',
  consensusTitles: ['CPI m/m', 'CPI'],
  lagMonths: 1,
}

/** Releases by catalyst kind. */
export const releases: Readonly<Record<string, Release>> = {
  nonfarm_payrolls: nonfarmPayrollsRelease,
  consumer_prices: consumerPricesRelease,
}

export const releaseOfSeries = (series: string): [string, Release] | undefined =>
  Object.entries(releases).find(([, release]) => release.series === series)

export const releaseOfConsensusTitle = (title: string): [string, Release] | undefined =>
  Object.entries(releases).find(([, release]) => release.consensusTitles.includes(title))

export const releaseOfBlsTitle = (title: string): string | undefined =>
  Object.entries(releases).find(([, release]) => release.blsTitle === title)?.[0]
