/** The cost of a query: US dollars per terabyte scanned, with a minimum of ten megabytes per query. Prices of us-east-1, published in 2025. */

export const usdPerTerabyte = 5
const megabyte = 1e6
const least = 10 * megabyte

/** Bytes that are billed for a query that scanned this many. */
export const billedBytes = (scanned: number): number => Math.max(Math.ceil(scanned / megabyte) * megabyte, least)

export const megabytes = (bytes: number): string => `${(bytes / megabyte).toFixed(2)} MB`

/** The billed amount in words. */
export const billed = (scanned: number): string => {
  const bytes = billedBytes(scanned)
  return `billed as ${bytes / megabyte} MB: $${((bytes / 1e12) * usdPerTerabyte).toFixed(5)}`
}
