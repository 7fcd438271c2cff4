/** Figures that became known later: published the next morning, or returns that followed. No precursor reads them. */

import { sessionOffset } from '../../../calendar/sessions.ts'
import { benchmark } from '../../../schemas/baskets.ts'
import { forwardHorizons } from '../../../schemas/thresholds.ts'
import { literals, sql } from '../../../schemas/view.ts'
import { latestBars } from '../../../schemas/views/bars/latest_bars.ts'
import { catalystWindows } from '../../../schemas/views/catalysts/catalyst_windows.ts'
import { catalystsBySession } from '../../../schemas/views/catalysts/catalysts_by_session.ts'
import { date } from '../../fragments.ts'
import { followed } from '../../gather/followed.ts'
import { later } from '../../gather/unknown.ts'
import { figures } from '../charts/frame.ts'
import { lines } from '../charts/lines.ts'
import type { Column, Section } from '../exhibit.ts'
import { sessionColumn } from '../line-exhibit.ts'

const sessionsOn = (own: string, count: number) => date(sessionOffset(own, count)?.session ?? '2099-12-31')

export const laterSections = (own: string): Section[] => [
  {
    id: 'morning',
    title: 'section_morning',
    exhibits: [
      {
        id: 'facts',
        title: 'exhibit_facts',
        note: 'note_facts',
        sql: later.sql([own]),
        columns: {
          etf_share: { label: 'column_etf_share', format: 'share' },
          etf_share_mean_60: { label: 'column_mean_60', format: 'share' },
          etf_share_definition: { label: 'column_definition', format: 'name' },
          etf_net_flow: { label: 'column_spy_flow', format: 'dollars' },
          net_gamma: { label: 'column_gamma', format: 'dollars' },
        },
      },
      {
        id: 'abnormal',
        isStudy: true,
        title: 'exhibit_abnormal',
        note: 'note_abnormal',
        sql: sql`
          select w.kind, case when c.entity <> 'XNYS' then c.entity else '' end as entity, w.symbol, w.abnormal_return, w.t_statistic, w.beta, w.abnormal_volume, w.abnormal_range
          from ${catalystWindows} w
          left join ${catalystsBySession} c on c.catalyst_id = w.catalyst_id and c.session = w.event_session
          where w.event_session = ${date(own)} and w.event_time = 0
          order by w.catalyst_id, w.symbol`,
        columns: {
          kind: { label: 'column_what', format: 'name' },
          entity: { label: 'column_entity', format: 'text' },
          symbol: { label: 'column_symbol', format: 'text' },
          abnormal_return: { label: 'column_abnormal', format: 'change' },
          t_statistic: { label: 'column_t', format: 'number' },
          beta: { label: 'column_beta', format: 'number' },
          abnormal_range: { label: 'column_abnormal_range', format: 'number' },
        },
      },
    ],
  },
  {
    id: 'followed_by',
    title: 'section_followed_by',
    exhibits: [
      {
        id: 'after',
        title: 'exhibit_after',
        note: 'note_after',
        sql: followed(own),
        columns: {
          symbol: { label: 'column_symbol', format: 'text' },
          ...Object.fromEntries(
            forwardHorizons.map((horizon): [string, Column] => [
              `forward_return_${horizon}`,
              { label: `column_after_${horizon}`, format: 'change' },
            ]),
          ),
          forward_minimum_return_20: { label: 'column_lowest_20', format: 'change' },
          is_drawdown_5: { label: 'column_fell_5', format: 'yes' },
        },
      },
      {
        id: 'around',
        title: 'exhibit_around',
        sql: sql`
          select session, close
          from (
            select session, close, max(session) over () as last_session
            from ${latestBars}
            where symbol = ${literals([benchmark.index])} and session between ${sessionsOn(own, -21)} and ${sessionsOn(own, 63)}
          ) as around
          where last_session > ${date(own)}
          order by session`,
        columns: {
          session: sessionColumn,
          close: { label: 'column_close', format: 'number' },
        },
        chart: {
          unit: 'unit_points',
          draw: (rows, context) =>
            lines(rows, context, { series: [{ column: 'close', label: 'series_index' }], figure: 'number' }),
          alternative: (rows, { say, session }) => {
            const close = (row: (typeof rows)[number] | undefined) =>
              row ? figures.number.written(Number(row.close)) : say('unknown')
            return say('alternative_after', {
              close: close(rows.find((row) => row.session === session)),
              last: close(rows.at(-1)),
              on: String(rows.at(-1)?.session ?? say('unknown')),
            })
          },
        },
      },
    ],
  },
]
