/** Reference tables are read into memory. A lake that was refreshed has the rows of the objects that are there now. */
import { describe, expect, it } from 'vitest'
import { writeCalendar } from '../../../pipeline/silver/calendar-tables.ts'
import { rewrite } from '../../../pipeline/silver/objects.ts'
import { sessions } from '../../../schemas/tables/sessions.ts'
import { openTestLake } from '../../support/lake.ts'

const ofYear = `select count(*) as n from sessions where year = 2027`

describe('a reference table', () => {
  it('has the rows of an object that was replaced, after a refresh', async () => {
    const { lake } = await openTestLake()
    await writeCalendar(lake)
    await lake.refresh()
    const [all] = await lake.engine.rows<{ n: number }>(ofYear)
    expect(all!.n).toBeGreaterThan(240)
    await rewrite(lake, sessions, [2027], async (present) => {
      await lake.undefining.run(`create table fewer as select * from ${present} where session < date '2027-02-01'`)
      return 'fewer'
    })
    await lake.refresh()
    const [fewer] = await lake.engine.rows<{ n: number }>(ofYear)
    expect(fewer!.n).toBeLessThan(24)
    await lake.close()
  })
})
