/** The cost of a query: US dollars per terabyte scanned, with a minimum of ten megabytes per query. Prices of us-east-1, published in 2025. */

export const usdPerTerabyte = 5
const megabyte = 1e6
const least = 10 * megabyte

/** Bytes that are billed for a query that scanned this many. */
export const billedBytes = (scanned: number): number => Math.max(Math.ceil(scanned / megabyte) * megabyte, least)

export const megabytes = (bytes: number): string => `${(bytes / megabyte).toFixed(2)} MB`

/** The billed amount in words, of one query or of several. */
export const billed = (...scanned: readonly number[]): string => {
  const bytes = scanned.map(billedBytes).reduce((sum, each) => sum + each, 0)
  return `billed as ${bytes / megabyte} MB: $${((bytes / 1e12) * usdPerTerabyte).toFixed(5)}`
}
