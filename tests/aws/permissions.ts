/** What each deployed function may do, what it did, and whether the two agree. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Deployment } from '../../core/deployment.ts'
import { account, region } from './emulator.ts'
import type { LocalAws } from './local-aws.ts'
import { pythonProgram } from './python.ts'

export interface Call {
  readonly action: string
  readonly resource: string
}

/** One action on one resource, which may be a pattern. */
export type Grant = Call

export interface Role {
  /** Name of the function in the stack, such as `Prepare`. */
  readonly name: string
  readonly arn: string
  readonly region: string
  readonly policies: readonly unknown[]
  readonly calls: readonly Call[]
}

export interface Judged {
  readonly name: string
  /** Calls that the policies do not allow. */
  readonly refused: readonly Call[]
  /** Grants that no call needed. */
  readonly unused: readonly Grant[]
}

/** A line of the log: `key` is the access key that made the call. */
interface LoggedCall extends Call {
  readonly key: string
  readonly caller?: string
  readonly client?: string
}

/** The emulator does not check the signature of its root account. */
export const rootOf = (service: string) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=${account}/20250101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`,
})

export const asked = async (url: string, init: RequestInit): Promise<string> => {
  const response = await fetch(url, init)
  const text = await response.text()
  if (!response.ok) throw new Error(`${url}: HTTP ${response.status} ${text}`)
  return text
}

/** An operation of IAM, as the root account. */
export const iam = (url: string, parameters: Record<string, string>): Promise<string> =>
  asked(url, {
    method: 'POST',
    headers: { ...rootOf('iam'), 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ Version: '2010-05-08', ...parameters }),
  })

/** The texts of the elements of a name. */
export const elements = (xml: string, name: string): string[] =>
  [...xml.matchAll(new RegExp(`<${name}>([^<]+)</${name}>`, 'g'))].map(([, text]) => text!)

const documentIn = (xml: string, element: string): unknown => {
  const text = elements(xml, element)[0]!.replaceAll('&quot;', '"').replaceAll('&amp;', '&')
  return JSON.parse(text.startsWith('{') ? text : decodeURIComponent(text))
}

/** The policies of a role as they were deployed: the synthesised ones, with the names of this deployment in them. */
const policiesOf = async (url: string, RoleName: string): Promise<unknown[]> => {
  const inline = elements(await iam(url, { Action: 'ListRolePolicies', RoleName }), 'member')
  const attached = elements(await iam(url, { Action: 'ListAttachedRolePolicies', RoleName }), 'PolicyArn')
  return Promise.all([
    ...inline.map(async (PolicyName) =>
      documentIn(await iam(url, { Action: 'GetRolePolicy', RoleName, PolicyName }), 'PolicyDocument'),
    ),
    ...attached.map(async (PolicyArn) => {
      const VersionId = elements(await iam(url, { Action: 'GetPolicy', PolicyArn }), 'DefaultVersionId')[0]!
      return documentIn(await iam(url, { Action: 'GetPolicyVersion', PolicyArn, VersionId }), 'Document')
    }),
  ])
}

interface DeployedFunction {
  /** Name of the function in the stack, such as `Prepare`. */
  readonly name: string
  readonly FunctionName: string
  readonly Role: string
}

/** The functions of one stack: `Precursor-FunctionsPrepareFunction77797049-1F29` is `Prepare` of `Precursor`. */
export const functionsOf = async (url: string, stack: string): Promise<DeployedFunction[]> => {
  const ofStack = new RegExp(`^${stack}-Functions(\\w+?)Function[0-9A-F]{8}`)
  const found: DeployedFunction[] = []
  for (let marker = ''; ; ) {
    const page = `${url}/2015-03-31/functions?MaxItems=50${marker && `&Marker=${encodeURIComponent(marker)}`}`
    const { Functions, NextMarker } = JSON.parse(await asked(page, { headers: rootOf('lambda') }))
    for (const { FunctionName, Role } of Functions as DeployedFunction[]) {
      const name = ofStack.exec(FunctionName)?.[1]
      if (name) found.push({ name, FunctionName, Role })
    }
    if (!NextMarker) return found
    marker = NextMarker
  }
}

/** Calls that Trino makes and Athena does not, by their actions: Athena has no functions of its own in Glue. */
const trinoOnly = new Set(['glue:GetUserDefinedFunctions', 'glue:GetUserDefinedFunction'])

/**
 * The functions of the stack with their policies and their distinct calls. Athena reads the catalog and the objects, and writes
 * results, with the permissions of whoever started the query: here that is `publish` alone, and Trino does it.
 */
export const rolesOf = async (
  { url, callLog }: LocalAws,
  deployed: Deployment & { readonly stack: string },
): Promise<Role[]> => {
  const { bucket, database, stack } = deployed
  const lines = readFileSync(callLog, 'utf8').trim().split('\n')
  const logged = lines.map((line) => JSON.parse(line) as LoggedCall)
  const isOurs = ({ resource }: Call) => [bucket, database].some((name) => resource.split(/[:/]/).includes(name))
  const functions = await functionsOf(url, stack)
  const keys = new Map(logged.flatMap(({ key, caller = '' }) => (caller ? [[key, caller] as const] : [])))
  return Promise.all(
    functions.map(async ({ name, FunctionName, Role }) => {
      const own = logged.filter(({ key }) => keys.get(key)?.endsWith(`/${FunctionName.slice(0, 64)}`))
      const forIt =
        name === 'publish'
          ? logged.filter((call) => isOfAthena(call) && isOurs(call) && !trinoOnly.has(call.action))
          : []
      const distinct = new Map(
        [...own, ...forIt].map(({ action, resource }) => [`${action} ${resource}`, { action, resource }]),
      )
      const policies = await policiesOf(url, Role.slice(Role.lastIndexOf('/') + 1))
      return { name, arn: Role, region, policies, calls: [...distinct.values()] }
    }),
  )
}

const isOfAthena = ({ client = '' }: LoggedCall) => /aws-sdk-java/.test(client)

/** Evaluates the calls of roles against their policies. */
export const judge = (roles: readonly Role[]): Judged[] => {
  const program = fileURLToPath(new URL('./permissions.py', import.meta.url))
  const input = JSON.stringify(roles)
  const output = execFileSync(pythonProgram('emulator'), [program], { input, encoding: 'utf8', maxBuffer: 1e8 })
  return JSON.parse(output) as Judged[]
}
