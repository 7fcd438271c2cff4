/** A deployment: the resources of a stack, and the SSM parameters that describe it. */

export interface Deployment {
  readonly bucket: string
  readonly stateMachine: string
  readonly database: string
  readonly workgroup: string
  /** First year of the catalog's partitions. */
  readonly firstYear: number
}

export const defaultStack = 'Precursor'
/** SSM parameter with the deployment as JSON. */
export const deploymentParameter = (stack: string) => `/${stack}/deployment`
/** SSM path that holds the API keys of sources, as SecureStrings. */
export const keysPath = (stack: string) => `/${stack}/keys`
