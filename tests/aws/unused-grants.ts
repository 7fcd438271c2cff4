/** Grants that no call of the deployed run needs, with the reason why they are there. A grant without a reason is to be removed. */
import { sources } from '../../sources/index.ts'
import type { Grant } from './permissions.ts'

export interface Reason {
  readonly actions: RegExp
  readonly resources: RegExp
  /** The functions that have the grant; all without it. */
  readonly functions?: RegExp
  readonly why: string
}

/** Functions that land a source; their names have no underscores in the emulator. */
const landing = new RegExp(`^(${sources.map(({ name }) => name.replaceAll('_', '')).join('|')})$`)

export const reasons: readonly Reason[] = [
  {
    actions: /^s3:(GetObject|PutObject)$/,
    resources: /\/silver\/\w+\/\*$/,
    functions: landing,
    why: 'A source may land in each table that it declares and in the bookkeeping; in the sample some have nothing for one of them.',
  },
  {
    actions: /^s3:GetObject$/,
    resources: /\/silver\/(sessions|closures)\/\*$/,
    functions: /^Prepare$/,
    why: 'A year of the calendar is read before it is replaced, which happens only after its facts have changed in the code.',
  },
  {
    actions: /^logs:(CreateLogStream|PutLogEvents)$/,
    resources: /:log-group:/,
    why: 'Lambda itself writes the log with the role of the function; the emulator keeps logs without a call.',
  },
  {
    actions: /^xray:Put/,
    resources: /^\*$/,
    why: 'Lambda itself sends traces with the role of the function; the emulator has no tracing.',
  },
  {
    actions: /^sqs:SendMessage$/,
    resources: /DeadLetters/,
    why: 'Lambda itself sends an event that failed three times to the queue; none does here.',
  },
  {
    actions: /^glue:Get/,
    resources: /:(catalog|database\/|table\/)/,
    functions: /^publish$/,
    why: 'Glue checks one call on the catalog, the database and the table together; the emulator names one of them.',
  },
  {
    actions: /^s3:GetObject$/,
    resources: /\/silver\/\w+\/\*$/,
    functions: /^publish$/,
    why: 'Athena reads the tables below a mart with the permissions of its caller; its plan may leave some objects out.',
  },
  {
    actions: /^athena:StopQueryExecution$/,
    resources: /:workgroup\//,
    functions: /^publish$/,
    why: 'A query is stopped when it takes longer than ten minutes.',
  },
  {
    actions: /^athena:(GetWorkGroup|GetDataCatalog)$/,
    resources: /:(workgroup|datacatalog)\//,
    functions: /^publish$/,
    why: 'Athena looks up the workgroup and the catalog of a query with the permissions of its caller.',
  },
  {
    actions: /^s3:(GetObject|PutObject|AbortMultipartUpload|ListMultipartUploadParts|GetBucketLocation)$/,
    resources: /(:::[^/]+|\/athena-results\/\*)$/,
    functions: /^publish$/,
    why: 'Athena writes results, in parts where they are large, with the permissions of its caller; here its stand-in does.',
  },
]

/** Whether nothing lies where a grant on objects would read or write: the sample has no rows there. */
const reachesNothing = ({ action, resource }: Grant, keys: readonly string[]): boolean => {
  const pattern = /^arn:aws:s3:::[^/]+\/(.+)$/.exec(resource)?.[1]
  if (!pattern || !/^s3:(Get|Put)Object$/.test(action)) return false
  return !keys.some((key) => (pattern.endsWith('*') ? key.startsWith(pattern.slice(0, -1)) : key === pattern))
}

const explains = (reason: Reason, name: string, { action, resource }: Grant) =>
  reason.actions.test(action) && reason.resources.test(resource) && (reason.functions?.test(name) ?? true)

/** Grants that are neither used nor explained. `keys` are those of all objects in the bucket. */
export const unexplained = (
  judged: readonly { readonly name: string; readonly unused: readonly Grant[] }[],
  keys: readonly string[],
): string[] =>
  judged.flatMap(({ name, unused }) =>
    unused
      .filter((grant) => !reasons.some((reason) => explains(reason, name, grant)) && !reachesNothing(grant, keys))
      .map(({ action, resource }) => `${name}: ${action} ${resource}`),
  )
