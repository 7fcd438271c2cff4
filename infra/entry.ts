/** The entry of a function: a file of `lambdas/`, or for a step the same few lines for each. */
import { steps } from '../pipeline/runs/steps.ts'

export interface Entry {
  /** Path below the project, for source maps. */
  readonly file: string
  readonly text: string
}

const folder = 'lambdas'

/** Files of `lambdas/` with a function each. `ingest.ts` has one function per source, a step has no file there. */
export const otherFunctions = ['prepare', 'end-run', 'announce', 'lateness'] as const

/** The file of `lambdas/` with the function that publishes the site. Only a deployment with a site has it. */
export const siteFunction = 'site'

/** The file of that name, or the handler that performs the step of that name. */
export const entryOf = (name: string): Entry => {
  const step = steps.find((each) => each.name === name)
  if (!step) return { file: `${folder}/${name}-entry.ts`, text: `export { handler } from './${name}.ts'\n` }
  const engine = step.isDistributed ? ', athena' : ''
  return {
    file: `${folder}/${name}-step.ts`,
    text: [
      `import { ${name}Step } from '../pipeline/runs/steps/${name}.ts'`,
      "import { performing } from './function.ts'",
      ...(engine ? ["import { athena } from './athena.ts'"] : []),
      `export const handler = performing(${name}Step${engine})`,
    ].join('\n'),
  }
}
