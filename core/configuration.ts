/** Reads configuration files: JSON of a declared shape. An error names the file and the member that is wrong. */
import * as z from 'zod'
import { UsageError } from './errors.ts'
import { suggestion } from './nearest.ts'

export const parseConfiguration = <S extends z.ZodType>(shape: S, text: string, place: string): z.output<S> => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new UsageError(`${place} is not JSON: ${(error as Error).message}`)
  }
  const result = shape.safeParse(value)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  if (issue?.path.length === 0 && issue.code === 'invalid_type' && shape instanceof z.ZodObject)
    throw new UsageError(`${place}: the file must hold one JSON object, which begins with {`)
  const known = shape instanceof z.ZodObject ? Object.keys(shape.shape) : []
  const [unknown] = issue?.code === 'unrecognized_keys' && issue.path.length === 0 ? issue.keys : []
  if (unknown !== undefined) throw new UsageError(`${place}: no key ${unknown}; ${suggestion(unknown, known)}`)
  throw new UsageError(`${place}: ${issue?.path.join('.') || 'file'}: ${issue?.message}`)
}
