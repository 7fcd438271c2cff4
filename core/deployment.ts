/** A deployment: what a stack is made of, and where it says so. */

export interface Deployment {
  readonly bucket: string
  readonly stateMachine: string
  readonly database: string
  readonly workgroup: string
  /** First year that the catalog looks up. */
  readonly firstYear: number
}

export const defaultStack = 'Precursor'
/** SSM parameter with the deployment as JSON. */
export const deploymentParameter = (stack: string) => `/${stack}/deployment`
/** SSM path below which the keys of sources are kept, as SecureStrings. */
export const keysPath = (stack: string) => `/${stack}/keys`
