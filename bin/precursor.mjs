#!/usr/bin/env node
import { pathToFileURL } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { compiled } from './compile.mjs'

// Most commands end within seconds. V8 would spend a tenth of their CPU time on optimizing functions that hardly run any more. Those that run long
// are optimized a little later.
setFlagsFromString('--interrupt-budget=600000')

await import(pathToFileURL(await compiled()).href)
