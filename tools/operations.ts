/** How a deployment is run: generated, since alarms and times are declared. */

import { defaultStack, keysPath } from '../core/deployment.ts'
import { alarmTexts } from '../infra/alarm-texts.ts'
import { times } from '../infra/settings.ts'
import { sources } from '../sources/index.ts'

const secrets = [...new Set(sources.flatMap(({ secret }) => (secret ? [secret.name] : [])))]

const alarm = ({ name, means, todo }: (typeof alarmTexts)[keyof typeof alarmTexts]) =>
  [`### ${name.replaceAll('<', '&lt;')}`, means, todo.map((each) => `- ${each}`).join('\n')].join('\n\n')

/** The document without its title. */
export const operations = (): string =>
  [
    `## Deploying

You need an AWS account, its credentials in the environment, and Node 20 or newer. Everything is one stack.

\`\`\`sh
npm ci
npx cdk bootstrap                                  # once per account and region
npx cdk deploy -c alarmEmail=desk@example.com
npx precursor --aws doctor
npx precursor --aws backfill --from 2024-01-02 --to 2025-11-20
\`\`\`

| context | default | what |
| --- | --- | --- |
| \`alarmEmail\` | nobody | address that the topic of alarms writes to; it must be confirmed once |
| \`eveningEmail\` | nobody | address that gets the message of each evening run: what is lit, what changed, what hit, what is due; other subscribers join the topic \`Evenings\` |
| \`watch\` | watch.json | language of that message, and the levels at which its signals light and go out |
| \`monthlyBudget\` | 5 | US dollars; the topic is told at 80 % spent and 100 % forecast. Activate the cost allocation tag \`project\` once, in Billing |
| \`universe\` | universe.json | what to follow; it travels with the functions, so a change is deployed |
| \`firstYear\` | 1990 | first year that Athena looks up; older objects are in the lake and not seen by it |
| \`architecture\` | arm64 | \`x86_64\` where functions must run on such a machine |
| \`stack\` | ${defaultStack} | name of the stack, its database, workgroup and parameters; the command line finds another with \`--stack\` |

Keys of sources are SecureStrings that each source's function alone may read:

\`\`\`sh
${secrets.map((name) => `aws ssm put-parameter --type SecureString --name ${keysPath(defaultStack)}/${name} --value …`).join('\n')}
\`\`\`

After a deploy that changed how something is computed, the next run makes it again; \`npx precursor --aws run\` does so at once.

## When things happen

New York time, by EventBridge Scheduler; none of it falls into the hour that daylight saving skips or repeats.

| when | what |
| --- | --- |
| ${times.eveningRun}, Monday to Friday | the evening run; on a day that is no session it ends at once |
| ${times.firstReleases}, then 09:01 to 17:31 each half hour, Monday to Friday | the watch: asks for statistics that are due or overdue and have not come, and for nothing else |
| ${times.lateness}, every day | counts how many sessions each dataset is behind |

An execution prepares a plan, asks and lands each source on its own (four at once; a source that does not answer is tried again
up to 2, 6 and 18 minutes later), tags, computes, checks, publishes, and records its steps in \`runs\`. A step that fails stops no other. After an evening run a message is sent.
An execution in which something failed ends as failed, after everything else is done, and tells the topic.

## From a desk

\`--aws\` (or \`PRECURSOR_AWS=1\`) points each command at the deployment. \`run\` and \`backfill\` order an execution and follow it;
\`query\` asks Athena; \`gaps\`, \`doctor\`, \`timetable\`, \`check\`, \`import\`, \`rebuild\`, \`tag\`, \`compute\` and \`publish\` work on
the bucket from here, under the same conditional writes as the functions.

\`\`\`sh
npx precursor --aws query lit_signals
npx precursor --aws gaps
npx precursor --aws import market_depth depth.csv --set source=desk && npx precursor --aws run
\`\`\`

A backfill that was ended goes on with \`--since\` and the instant at which it began: answers that are kept since are not asked for
again. Attach the managed policy \`Analysts\` of the stack to people who query everything, \`Bi\` to tools that read the marts.

## Alarms

All of them tell one topic.`,
    ...Object.values(alarmTexts).map(alarm),
    `### Budget

The month's cost passed 80 % of the budget, or is forecast to pass it. [cost.md](cost.md) says what it should be; look for a
query that scans everything, or a backfill that was ordered twice.

## Traces of an error

Functions log JSON with the request and the source; \`xray\` has the trace. Their code is minified; \`build/source-maps/<name>/\`
of the machine that deployed has the map of each bundle.

## Getting data back

Objects are versioned: a version that was replaced stays 30 days. Silver follows from bronze: \`npx precursor --aws rebuild\`.
Destroying the stack leaves the bucket.`,
  ].join('\n\n')
