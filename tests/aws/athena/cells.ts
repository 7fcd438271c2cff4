/** Values and columns of Trino as Athena writes them: every value is text, NULL is no text at all. */
import type { ColumnInfo } from '@aws-sdk/client-athena'
import type { TrinoColumn, TypeSignature } from './statement.ts'

export const cell = (value: unknown, signature: TypeSignature): string | undefined => {
  if (value === null || value === undefined) return undefined
  const { rawType, arguments: parts } = signature
  const inner = (i: number, each: unknown) => cell(each, parts[i]!.value as TypeSignature) ?? 'null'
  if (rawType === 'array') return `[${(value as unknown[]).map((each) => inner(0, each)).join(', ')}]`
  if (rawType === 'map')
    return `{${Object.entries(value as object)
      .map(([key, each]) => `${key}=${inner(1, each)}`)
      .join(', ')}}`
  if (typeof value === 'number' && (rawType === 'double' || rawType === 'real')) return javaDouble(value)
  return String(value)
}

/** As `Double.toString` of Java: 1.0, 1.0E-4, 1.2345678E7. */
const javaDouble = (value: number): string => {
  const size = Math.abs(value)
  if (size !== 0 && (size < 1e-3 || size >= 1e7)) {
    const [digits, exponent] = value.toExponential().split('e')
    return `${digits!.includes('.') ? digits : `${digits}.0`}E${Number(exponent)}`
  }
  return Number.isInteger(value) ? value.toFixed(1) : String(value)
}

/** Precision and scale as Athena gives them. */
const sizes: Readonly<Record<string, readonly [number, number]>> = {
  bigint: [19, 0],
  integer: [10, 0],
  smallint: [5, 0],
  tinyint: [3, 0],
  double: [17, 0],
  real: [17, 0],
  timestamp: [3, 0],
  varchar: [2147483647, 0],
}

export const columnInfo = ({ name, typeSignature }: TrinoColumn): ColumnInfo => {
  const { rawType, arguments: parts } = typeSignature
  const [Precision, Scale] =
    rawType === 'decimal' ? parts.map(({ value }) => Number(value)) : (sizes[rawType] ?? [0, 0])
  return {
    CatalogName: 'hive',
    SchemaName: '',
    TableName: '',
    Name: name,
    Label: name,
    Type: rawType,
    Precision: Precision!,
    Scale: Scale!,
    Nullable: 'UNKNOWN',
    CaseSensitive: rawType === 'varchar',
  }
}

/** The object with the result of a query: text in quotes, NULL as nothing. */
export const csv = (header: readonly string[], rows: readonly (readonly (string | undefined)[])[]): string => {
  const line = (values: readonly (string | undefined)[]) =>
    `${values.map((each) => (each === undefined ? '' : `"${each.replaceAll('"', '""')}"`)).join(',')}\n`
  return [header, ...rows].map(line).join('')
}
