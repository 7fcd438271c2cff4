// The process that answers the statements of `precursor serve` and `precursor mcp`.
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { compiled } from './compile.mjs'

await import(pathToFileURL(join(dirname(await compiled()), 'worker.mjs')).href)
