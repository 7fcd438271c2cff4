/** Compares the rows of a peer with those of the lake. */
import { type Engine, parquetFiles } from '../core/engine.ts'

const tolerance = 1e-9

/** Columns in which the rows differ by more than 1e-9, relative to values above 1, or in being NULL. Empty if all rows agree. */
export const differences = async (engine: Engine, ours: string, theirs: string): Promise<string[]> => {
  const keys = ['symbol', 'session']
  const peer = parquetFiles([theirs])
  const columns = (await engine.columnsOf(`select * from ${peer}`)).filter(({ name }) => !keys.includes(name))
  // In pandas NULL is NaN.
  const value = (alias: string, name: string) =>
    `case when isfinite(cast(${alias}."${name}" as double)) then cast(${alias}."${name}" as double) end`
  const worst = columns.map(({ name }) => {
    const [a, b] = [value('o', name), value('p', name)]
    return `count(*) filter (where (${a} is null) <> (${b} is null) or abs(${a} - ${b}) > ${tolerance} * greatest(1, abs(${a}))) as "${name}"`
  })
  const [found] = await engine.rows<Record<string, number>>(
    `select count(*) filter (where o.symbol is null or p.symbol is null) as "rows of one only", ${worst.join(', ')}
     from (${ours}) o full join ${peer} p on p.symbol = o.symbol and cast(p.session as date) = o.session`,
  )
  return Object.entries(found ?? {}).flatMap(([name, count]) => (count ? [`${name} (${count})`] : []))
}
