/** One statement on Trino, by its HTTP protocol: https://trino.io/docs/476/develop/client-protocol.html */

export interface TypeSignature {
  readonly rawType: string
  readonly arguments: readonly { readonly value: unknown }[]
}

export interface TrinoColumn {
  readonly name: string
  readonly typeSignature: TypeSignature
}

interface Failure {
  readonly message?: string
  readonly cause?: Failure
}

export interface TrinoError {
  readonly message: string
  readonly errorName: string
  /** `EXTERNAL` if something that the engine reads did not answer, such as S3. */
  readonly errorType: string
  readonly failureInfo?: Failure
}

/** What failed, and below it what made it fail. */
export const reasonOf = ({ errorName, message, failureInfo }: TrinoError): string => {
  const causes: string[] = []
  for (let cause = failureInfo?.cause; cause; cause = cause.cause) if (cause.message) causes.push(cause.message)
  return [`${errorName}: ${message}`, ...new Set(causes)].join(' because: ')
}

interface Page {
  readonly nextUri?: string
  readonly columns?: readonly TrinoColumn[]
  readonly data?: readonly (readonly unknown[])[]
  readonly error?: TrinoError
  readonly updateType?: string
  readonly updateCount?: number
  readonly stats: { readonly state: string; readonly physicalInputBytes: number; readonly elapsedTimeMillis: number }
}

export interface Finished {
  readonly columns: readonly TrinoColumn[]
  readonly rows: readonly (readonly unknown[])[]
  readonly error: TrinoError | undefined
  /** What a statement did that is no query. */
  readonly updateType: string | undefined
  readonly updateCount: number | undefined
  readonly bytesScanned: number
  readonly isCancelled: boolean
}

interface StatementOptions {
  readonly catalog?: string
  readonly schema?: string
  /** Settings of Trino's session, by name. */
  readonly session?: Readonly<Record<string, string | boolean>>
  /** Told of each state that the statement comes to. */
  readonly onState?: (state: string) => void
  readonly isCancelled?: () => boolean
}

/** 64-bit integers keep their digits as text. */
const parsed = (text: string): Page => JSON.parse(text.replace(/([:,[])\s*(-?\d{16,})(?=\s*[,\]}])/g, '$1"$2"')) as Page

const busy = [429, 502, 503, 504]

const asked = async (url: string, request: RequestInit): Promise<Page> => {
  for (;;) {
    const response = await fetch(url, request)
    if (response.ok) return parsed(await response.text())
    if (!busy.includes(response.status)) throw new Error(`Trino answered ${response.status}: ${await response.text()}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

export const statement = async (trinoUrl: string, sql: string, options: StatementOptions): Promise<Finished> => {
  const { catalog = 'awsdatacatalog', schema = 'default', session = {}, onState, isCancelled = () => false } = options
  const headers = {
    'X-Trino-User': 'athena',
    'X-Trino-Catalog': catalog.toLowerCase(),
    'X-Trino-Schema': schema.toLowerCase(),
    'X-Trino-Time-Zone': 'UTC',
    'X-Trino-Session': Object.entries(session)
      .map(([name, value]) => `${name}=${value}`)
      .join(','),
  }
  const rows: (readonly unknown[])[] = []
  let columns: readonly TrinoColumn[] = []
  let page = await asked(`${trinoUrl}/v1/statement`, { method: 'POST', body: sql, headers })
  for (;;) {
    onState?.(page.stats.state)
    columns = page.columns ?? columns
    for (const row of page.data ?? []) rows.push(row)
    if (!page.nextUri || page.error || isCancelled()) break
    page = await asked(page.nextUri, {})
  }
  if (page.nextUri) await fetch(page.nextUri, { method: 'DELETE' })
  return {
    columns,
    rows,
    error: page.error,
    updateType: page.updateType,
    updateCount: page.updateCount,
    bytesScanned: page.stats.physicalInputBytes,
    isCancelled: isCancelled(),
  }
}

/** Several statements, one after another, until one of them fails. Their scanned bytes are added up. */
export const statements = async (
  trinoUrl: string,
  texts: readonly string[],
  options: StatementOptions,
): Promise<Finished> => {
  const [text, ...others] = texts
  const finished = await statement(trinoUrl, text!, options)
  if (finished.error || finished.isCancelled || others.length === 0) return finished
  const rest = await statements(trinoUrl, others, options)
  return { ...rest, bytesScanned: finished.bytesScanned + rest.bytesScanned }
}
