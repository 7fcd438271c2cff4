/** Facts that the SEC sources share. */
import { SourceUnavailableError } from '../../core/errors.ts'
import type { Universe } from '../../core/universe.ts'
import { contactHeaders } from './contact.ts'

export const edgar = {
  homepage: 'https://www.sec.gov/search-filings/edgar-application-programming-interfaces',
  licence: 'Public domain; at most ten requests a second, with a contact in the user agent.',
  hosts: ['data.sec.gov'],
  rate: { requests: 8, seconds: 1 },
  extension: 'json',
  rhythm: 'event',
} as const

/** The symbol that the universe gives to a filer: the SEC lists none after a delisting, and another class first for some. */
export const symbolOfFiler = ({ filers }: Universe, cik: string): string | undefined =>
  filers.find((each) => each.cik === cik)?.symbol

/** One request per filer. The SEC answers 403 to programs that do not say whom to write to. Throws SourceUnavailableError where the universe names no contact. */
export const perFiler = (universe: Universe, path: (cik: string) => string) => {
  if (!universe.contact) {
    throw new SourceUnavailableError(
      'the SEC wants a contact: set "contact" in universe.json to a name and an e-mail address',
    )
  }
  return universe.filers.map(({ cik }) => ({
    key: cik,
    url: `https://data.sec.gov${path(cik)}`,
    headers: contactHeaders(universe),
  }))
}
