/** The network of functions that ask sources, and the universe that was deployed with them. */
import { awsNetwork } from '../adapters/aws-network.ts'
import { parseUniverse } from '../core/universe.ts'
import { type Outside, setting } from './function.ts'

export const outside: Outside = {
  network: awsNetwork(setting('PRECURSOR_KEYS')),
  universe: async ({ readFile }) => {
    const place = `${setting('LAMBDA_TASK_ROOT')}/universe.json`
    return parseUniverse(new TextDecoder().decode(await readFile(place)), place)
  },
}
