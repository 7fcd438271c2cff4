/** The document of what queries scan: docs/scan-budget.md, written by `npm run scans`. */
import { billed, megabytes } from '../adapters/athena/cost.ts'

export const scanBudget = (
  measured: Readonly<Record<string, number>>,
  { symbolCount, from, to }: { symbolCount: number; from: string; to: string },
): string => `# What a query scans

<!-- Written by \`npm run scans\`; do not edit. -->

Bytes that Trino counts as read from the bucket, each query alone, on a deployed catalog over a lake of the size of the default
universe: ${symbolCount} symbols with generated bars and five volatility indices from ${from} to ${to}, and monthly figures of all
releases; tables that such a lake leaves empty scan nothing. Athena bills no less than 10 MB a query: what stays below costs
$0.00005. A test holds the marts there, and the saved queries but for those that say that they are heavy.

Objects below 3 MB are read whole, whichever columns are asked for. So a view costs what its objects weigh, times how often
its plan reads them; \`precursor --aws query --estimate\` says it beforehand. A table read with \`where year = …\` reads the
objects of those years alone.

| query | scanned | cost |
| --- | ---: | --- |
${Object.entries(measured)
  .map(
    ([name, bytes]) =>
      `| ${name.includes(' ') ? name : `\`select * from ${name}\``} | ${megabytes(bytes)} | ${billed(bytes)} |`,
  )
  .join('\n')}
`
