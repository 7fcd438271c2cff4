/** The folder of the project, or of the installed package. */
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

// This holds for modules directly in `cli` and for the compiled ones, which all lie one folder below the project.
export const projectFolder = join(dirname(fileURLToPath(import.meta.url)), '..')
