/**
 * What staged rows show to one look from row to row, in the order of their file. Most files hold one series after another, each
 * in the order of its sessions. Then repeated rows and jumps of a value lie side by side, and nothing has to be sorted or grouped.
 */
import type { Engine } from '../../core/engine.ts'
import type { Table } from '../../schemas/table.ts'
import { isFar, seriesOf } from './jumps.ts'
import { stageName } from './relations.ts'

/** False where the order of the rows proves it. */
export interface Neighbours {
  readonly mayRepeat: boolean
  readonly mayJump: boolean
}

/** Looks at the staged rows of a table by session, after its row rules were checked. `isComplete` says that no row was rejected. */
export const neighboursIn = async (engine: Engine, table: Table, isComplete: boolean): Promise<Neighbours> => {
  const series = seriesOf(table)
  const seen = [...series, 'session', ...table.steady]
  const jumps = table.steady.map(
    (name) => `not coalesce(${name} > 0, false) or (not is_first and ${isFar(name, `before_${name}`)})`,
  )
  const [found] = await engine.rows<{ repeats: number; parts: number; series: number; jumps: number }>(
    `select count(*) filter (where not is_first and not coalesce(session > before_session, false)) as repeats,
            count(*) filter (where is_first) as parts,
            count(distinct row(${series.join(', ')})) filter (where is_first) as series,
            count(*) filter (where ${jumps.length ? jumps.join(' or ') : 'false'}) as jumps
     from (
       select *, not coalesce(${series.map((name) => `${name} = before_${name}`).join(' and ')}, false) as is_first
       from (select ${seen.map((name) => `${name}, lag(${name}) over () as before_${name}`).join(', ')} from ${stageName(table)})
     )`,
  )
  const isInOrder = found?.repeats === 0 && found.parts === found.series
  return { mayRepeat: !isInOrder, mayJump: !isInOrder || !isComplete || found.jumps > 0 }
}
