#!/usr/bin/env node
// Runs the TypeScript of cli as it is; tsx compiles and caches it.
import { register } from 'tsx/esm/api'

register()
await import('../cli/main.ts')
