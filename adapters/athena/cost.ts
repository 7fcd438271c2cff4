/** What a query costs: US dollars a terabyte scanned, no less than ten megabytes a query; in us-east-1, as published in 2025. */

export const usdPerTerabyte = 5
const megabyte = 1e6
const least = 10 * megabyte

/** Bytes that are billed for a query which scanned so many. */
export const billedBytes = (scanned: number): number => Math.max(Math.ceil(scanned / megabyte) * megabyte, least)

export const megabytes = (bytes: number): string => `${(bytes / megabyte).toFixed(2)} MB`

/** In words, as after `scanned`. */
export const billed = (scanned: number): string => {
  const bytes = billedBytes(scanned)
  return `billed as ${bytes / megabyte} MB: $${((bytes / 1e12) * usdPerTerabyte).toFixed(5)}`
}
