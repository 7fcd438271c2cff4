/**
 * The network of the sample. It responds to each request as the real source would have at that instant, in its wire
 * format.
 */
import type { HttpRequest, HttpResponse } from '../../core/platform.ts'
import * as calendars from './calendars.ts'
import * as companies from './companies.ts'
import * as macro from './macro.ts'
import * as data from './market-data.ts'
import * as positions from './positions.ts'
import * as speeches from './speeches.ts'

type Body = string | Uint8Array | Promise<Uint8Array>

interface Route {
  readonly at: RegExp
  readonly answer: (found: readonly string[], url: URL, now: Date) => Body
}

const routes: readonly Route[] = [
  {
    at: /^api\.nasdaq\.com\/api\/quote\/([^/]+)\/historical$/,
    answer: ([symbol], url, now) => data.nasdaqHistory(symbol!, url, now),
  },
  {
    at: /^api\.nasdaq\.com\/api\/calendar\/economicevents$/,
    answer: (_, url, now) => macro.nasdaqEvents(url.searchParams.get('date') ?? '', now),
  },
  {
    at: /^query2\.finance\.yahoo\.com\/v8\/finance\/chart\/%5E(\w+)$/,
    answer: ([symbol], url, now) => data.yahooChart(symbol!, url, now),
  },
  {
    at: /^query2\.finance\.yahoo\.com\/v8\/finance\/chart\/(\w+)$/,
    answer: ([symbol], url, now) => data.yahooIntraday(symbol!, url, now),
  },
  {
    at: /^cdn\.cboe\.com\/api\/global\/us_indices\/daily_prices\/(\w+)_History\.csv$/,
    answer: ([index], _, now) => data.cboeHistory(index!, now),
  },
  {
    at: /^cdn\.cboe\.com\/.*market_history_(\d{4})\.csv$/,
    answer: ([year], _, now) => data.cboeMarketVolume(year!, now),
  },
  {
    at: /^www\.ssga\.com\/.*navhist-us-en-(\w+)\.xlsx$/,
    answer: ([fund], _, now) => data.ssgaHistory(fund!.toUpperCase(), now),
  },
  {
    at: /^www\.ssga\.com\/.*holdings-daily-us-en-(\w+)\.xlsx$/,
    answer: ([fund], _, now) => positions.ssgaHoldings(fund!.toUpperCase(), now),
  },
  {
    at: /^cdn\.cboe\.com\/api\/global\/delayed_quotes\/options\/_(\w+)\.json$/,
    answer: ([symbol], _, now) => positions.cboeChain(symbol!, now),
  },
  { at: /^squeezemetrics\.com\/monitor\/static\/DIX\.csv$/, answer: (_, __, now) => data.squeezemetrics(now) },
  {
    at: /^alfred\.stlouisfed\.org\/graph\/alfredgraph\.csv$/,
    answer: (_, url) => macro.alfredGraph(url.searchParams.get('id') ?? '', url.searchParams.get('vintage_date') ?? ''),
  },
  { at: /^www\.bls\.gov\/schedule\/news_release\/bls\.ics$/, answer: (_, __, now) => calendars.blsIcs(now) },
  { at: /^www\.bea\.gov\/news\/schedule\/ics\/.*\.ics$/, answer: () => calendars.beaIcs() },
  {
    at: /^www\.federalreserve\.gov\/monetarypolicy\/fomccalendars\.htm$/,
    answer: (_, __, now) => calendars.fomcCalendar(now),
  },
  {
    at: /^www\.federalreserve\.gov\/newsevents\/pressreleases\/monetary(\d{8})a\.htm$/,
    answer: ([stamp]) => calendars.fomcStatement(stamp!),
  },
  {
    at: /^api\.fiscaldata\.treasury\.gov\/.*\/auctions_query$/,
    answer: (_, __, now) => calendars.treasuryAuctions(now),
  },
  {
    at: /^api\.nasdaq\.com\/api\/calendar\/earnings$/,
    answer: (_, url) => companies.nasdaqEarnings(url.searchParams.get('date') ?? ''),
  },
  { at: /^nfs\.faireconomy\.media\/ff_calendar_thisweek\.json$/, answer: (_, __, now) => macro.forexfactoryWeek(now) },
  { at: /^data\.sec\.gov\/submissions\/CIK\d+\.json$/, answer: (_, __, now) => companies.secSubmissions(now) },
  { at: /^data\.sec\.gov\/api\/xbrl\/companyfacts\/CIK\d+\.json$/, answer: (_, __, now) => companies.secFacts(now) },
  { at: /^www\.federalreserve\.gov\/json\/ne-speeches\.json$/, answer: (_, __, now) => speeches.fedListing(now) },
  { at: /^www\.federalreserve\.gov\/newsevents\/speech\/(\w+)\.htm$/, answer: ([id]) => speeches.fedArticle(id!) },
]

/** A header on every response, so that bronze records that the response is simulated. */
const headers = { 'x-precursor-sample': 'simulated; not an answer of the source' }

/** A network for a platform. Its responses depend on the time of the platform's clock. */
export const sampleNetwork =
  (now: () => Date) =>
  async (request: HttpRequest): Promise<HttpResponse> => {
    const url = new URL(request.url)
    for (const { at, answer } of routes) {
      const found = at.exec(`${url.hostname}${url.pathname}`)
      if (found) return { status: 200, headers, body: Buffer.from(await answer(found.slice(1), url, now())) }
    }
    return {
      status: 404,
      headers,
      body: Buffer.from(
        `the sample has no answer for ${request.url}: add a route, or set isSampled: false in its source`,
      ),
    }
  }
