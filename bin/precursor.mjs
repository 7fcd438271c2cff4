#!/usr/bin/env node
import { pathToFileURL } from 'node:url'
import { compiled } from './compile.mjs'

await import(pathToFileURL(await compiled()).href)
