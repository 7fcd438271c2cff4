/** docs/operations.md: how to run a deployment. Alarms and times come from their declarations. */

import { defaultStack, keysPath } from '../core/deployment.ts'
import { alarmTexts } from '../infra/alarm-texts.ts'
import { times } from '../infra/settings.ts'
import { computations } from '../pipeline/compute/compute.ts'
import { onDistributed } from '../pipeline/compute/distributed.ts'
import { views } from '../schemas/views/index.ts'
import { sources } from '../sources/index.ts'
import { deskOperations } from './desk-operations.ts'

const secrets = [...new Set(sources.flatMap(({ secret }) => (secret ? [secret.name] : [])))]

const quoted = (names: readonly { readonly name: string }[]) => names.map(({ name }) => `\`${name}\``).join(', ')
const computedHere = quoted(
  computations.map(({ into }) => into).filter(({ name }) => !onDistributed.some((view) => view.name === name)),
)
const withLongPlans = quoted(views.filter(({ materialized }) => materialized?.isTooLongForAthena))

const alarm = ({ name, means, todo }: (typeof alarmTexts)[keyof typeof alarmTexts]) =>
  [`### ${name.replaceAll('<', '&lt;')}`, means, todo.map((each) => `- ${each}`).join('\n')].join('\n\n')

/** The document without its title. */
export const operations = (): string =>
  [
    `${deskOperations}## Deploying to AWS

You need an AWS account, its credentials in the environment, and Node 20 or newer. The deployment is one stack.

\`\`\`sh
npm ci
npx cdk bootstrap                                  # once per account and region
npx cdk deploy -c alarmEmail=alarms@example.com
npx precursor --aws doctor
npx precursor --aws backfill --from 2024-01-02 --to 2025-11-20
\`\`\`

| context | default | what |
| --- | --- | --- |
| \`alarmEmail\` | none | address that receives the alarms; it must be confirmed once |
| \`eveningEmail\` | none | address that receives the message of each evening run: what is lit, what changed, what hit and what is due. Other subscribers can join the topic \`Evenings\` |
| \`watch\` | watch.json | file with the language of that message and the levels that differ from those of the signals |
| \`monthlyBudget\` | 5 | US dollars. The alarm topic gets a message at 80 % spent and at 100 % forecast. Activate the cost allocation tag \`project\` once, in Billing |
| \`universe\` | universe.json | what to follow. The file is part of the functions, so a change needs a deploy |
| \`firstYear\` | 1990 | first year that Athena looks up. It does not see older objects of the lake |
| \`scanLimit\` | 1 | GiB that a query of Athena may scan. A query that scans more is stopped; 1 GiB costs half a cent |
| \`architecture\` | arm64 | or \`x86_64\` |
| \`site\` | false | \`true\` publishes [the site of all evenings](#the-site) |
| \`siteReaders\` | none | who may read the site: ranges of addresses with commas between them, such as \`203.0.113.0/24,2001:db8::/32\`. A site needs at least one |
| \`stack\` | ${defaultStack} | name of the stack, its database, workgroup and parameters. \`--stack\` points the command line at another stack |

The keys of sources are SecureStrings. Only the function of a source may read its key:

\`\`\`sh
${secrets.map((name) => `aws ssm put-parameter --type SecureString --name ${keysPath(defaultStack)}/${name} --value …`).join('\n')}
\`\`\`

After a deploy that changes a computation, the next run computes its results again. \`npx precursor --aws run\` does it at once.

## The site

\`-c site=true -c siteReaders=203.0.113.0/24\` adds the site of all evenings, as \`precursor site\` writes it into a folder. After the message
of an evening, a function writes the pages that changed into a private bucket. CloudFront reads the bucket with origin access control,
and nobody else can. The output \`siteAddress\` of the stack is the address of the first page.

Readers are admitted by their address. A function of CloudFront compares it with the ranges of \`siteReaders\` at each request, before
it looks into its cache, and answers everybody else with 403. There is no password that could be passed on, and the price is
that of a request. The limits of this: everyone in an office or a VPN shares its range, a reader with IPv6 needs a range of
IPv6, and a change of the ranges needs a deploy. \`0.0.0.0/0,::/0\` opens the site to everybody; look at the terms of your sources
first.

The function may read the objects of the lake that the pages show, list the bucket of the site, read its \`site.json\`, and write into it.
If it fails, the run has failed in part: the lake is complete, and the next evening writes what is missing. The bucket remains
when the stack is deleted; its pages can be made again from the lake.

## When things happen

EventBridge Scheduler starts the runs in New York time. No schedule falls into the hour that daylight saving skips or repeats.

| when | what |
| --- | --- |
| ${times.eveningRun}, Monday to Friday | the evening run; on a day without a session it ends at once |
| ${times.firstReleases}, then 09:01 to 17:31 each half hour, Monday to Friday | the poll: requests only the statistics that are due or overdue and have not come |
| ${times.lateness}, every day | counts how many sessions each dataset is behind |

An execution does the following:

1. It prepares a plan.
2. It fetches and lands each source in a task of its own, four at once. A source that does not answer is tried again after up to
   2, 6 and 18 minutes.
3. It tags, computes, records the frozen scores, checks and publishes.
4. It writes its steps to the run log, the table \`runs\`.
5. After an evening run it sends the message, and then publishes [the site](#the-site) if there is one.

A step that fails does not stop the other steps. If something failed, the execution ends as failed after the last step, and the
alarm topic gets a message.

## Symbols that no longer trade

The last session of a symbol ends its series. Later sessions are not missing in \`precursor gaps\`, \`meta_gaps\` and the checks, and
a source of only such symbols is not late. The view \`last_sessions\` lists these symbols with the evidence:

- **declared**: \`"lastSessions": { "TWTR": "2022-10-27" }\` in \`universe.json\`, from the next run on. Sources are then not asked
  for later sessions.
- **filing**: a Form 25 or 15 of the filer, if the symbol has no bar from 20 days after it on. A Form 25 may be about another security
  of the filer, such as a note. The next bar of the symbol refutes it.
- **empty_answers**: a source of bars gave no bar of the symbol on five days, and bars of other symbols meanwhile.

The evening does not ask sources for a symbol once all sessions that it asks for are after the last one. The plan lists these symbols
as \`ended\`. A halt of trading looks like an end, so a symbol whose end was found is asked for once a week, in the first session of
the week. A backfill asks for it too; it leaves out only symbols whose declared last session is before its first session.

## From your machine

\`--aws\` (or \`PRECURSOR_AWS=1\`) points each command at the deployment. \`run\` and \`backfill\` request an execution and follow it.
\`query\` runs on Athena. \`gaps\`, \`doctor\`, \`timetable\`, \`check\`, \`import\`, \`rebuild\`, \`tag\`, \`compute\` and \`publish\` run on your
machine and work on the bucket, with the same conditional writes as the functions.

\`\`\`sh
npx precursor --aws query lit_signals
npx precursor --aws gaps
npx precursor --aws import market_depth depth.csv --set source=desk && npx precursor --aws run
\`\`\`

To resume a backfill that was stopped, repeat it with \`--since\` and the instant at which it began. Responses stored since then are
reused. The stack has three managed policies: attach \`Analysts\` to people who query everything, \`Bi\` to tools that read the
marts, and \`Computing\` to whoever computes the stored results with Athena.

### Computing with Athena

After a deploy that changes the definition of a stored view, all of its years are computed again. The function \`compute\` does that in the
next run. It has 15 minutes, 3 GB of memory and 10 GiB of disk, and it notes each year that is done, so that a run that was broken off is
continued by the next one. **From about 1,500 symbols with 25 years on**, a rebuild of everything no longer fits into one function: its
disk is full first ([performance.md](performance.md) has the estimate). Deploy, and let Athena run the SQL before the next evening:

\`\`\`sh
npx precursor --aws compute --engine athena
npx precursor --aws rebuild --engine athena      # derives the tables again from bronze before that
\`\`\`

- The command computes what is stale, as \`compute\` does, and in the same order. A second call has nothing to do. The function and the
  command note the same inputs, so neither repeats the work of the other.
- Athena runs the SQL of the stored views, one year a query, four queries at once. A result that the embedded engine computes for
  all years at once is small, and takes one query. Athena reads the tables of the catalog and the stored results below a view. It does not
  read the views of the catalog.
- \`UNLOAD\` writes the rows of a query as some Parquet files under \`unfinished/\`, because Athena writes in parallel. The command copies them, sorts
  them, writes one object a year in the row groups of the lake, and replaces the object by the same conditional write as every other writer.
  If another writer was faster, the query runs again. The files are removed afterwards. If the command was broken off, they expire
  after a day.
- The command computes the other results itself: ${computedHere}. All but
  ${withLongPlans} are computed by code, because no SQL gives them. The plan of that view has more stages than Athena allows.
- The machine needs disk for copies of the objects that these results read, and for the results that are merged: about 3 MB for a symbol
  with 25 years. The engine keeps within 512 MB of memory (PRECURSOR_MEMORY).
- At the end it prints what was scanned and billed. Everything of 500 symbols and 25 years is 107 queries. They
  scan at most 1.3 GB and cost at most $0.007, because Athena bills at least 10 MB a query. The scanned bytes grow with the number of symbols.
- A query that scans more than the limit of the workgroup is stopped, and its result keeps its earlier rows. Raise the limit with
  \`-c scanLimit=4\`.
- Athena does not see objects before \`firstYear\`. A result that reads such an object is refused; the message names the year to deploy with.

## Alarms

All alarms send to one topic.`,
    ...Object.values(alarmTexts).map(alarm),
    `### Budget

The month's cost passed 80 % of the budget, or the forecast passed the budget. [cost.md](cost.md) lists the expected cost. Look for
a query that scans everything, or a backfill that was requested twice.

## Traces of an error

Functions log JSON with the request and the source. X-Ray has the trace. The code is minified; the machine that deployed has the
source map of each bundle in \`build/source-maps/<name>/\`.

## Getting data back

Objects are versioned, and a replaced version is kept for 30 days. \`npx precursor --aws rebuild\` derives silver again from bronze.
Destroying the stack leaves the bucket.`,
  ].join('\n\n')
