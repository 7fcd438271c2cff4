/** docs/scan-budget.md: the bytes that each query scans. Written by `npm run scans`. */
import { billed, megabytes } from '../adapters/athena/cost.ts'

export const scanBudget = (
  measured: Readonly<Record<string, number>>,
  { symbolCount, from, to, intradayFrom }: { symbolCount: number; from: string; to: string; intradayFrom: string },
): string => `# What a query scans

<!-- Written by \`npm run scans\`; do not edit. -->

The table shows the bytes that Trino reads from the bucket for each query, run alone on a deployed catalog. The lake has the size of
the default universe: ${symbolCount} symbols with generated bars and five volatility indices from ${from} to ${to}, and monthly figures of
all releases. Bars inside the session, of five minutes of the ETFs and of one minute of three symbols, are there since ${intradayFrom}. Tables that such a lake leaves empty scan nothing. Athena bills at least 10 MB a query, which is $0.00005. A
test checks that the marts and the saved queries stay below 10 MB, except the saved queries that are marked as heavy.

Athena reads objects below 3 MB whole, whichever columns a query selects. So the cost of a view is the size of its objects times the
number of times that its plan reads them. \`precursor --aws query --estimate\` prints this bound without running the query. A
query with \`where year = …\` reads only the objects of those years.

| query | scanned | cost |
| --- | ---: | --- |
${Object.entries(measured)
  .map(
    ([name, bytes]) =>
      `| ${name.includes(' ') ? name : `\`select * from ${name}\``} | ${megabytes(bytes)} | ${billed(bytes)} |`,
  )
  .join('\n')}
`
