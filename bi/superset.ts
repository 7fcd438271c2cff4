/** A dashboard for Superset, as the folder of files that it imports: bi/superset. */
import { createHash } from 'node:crypto'
import { stringify } from 'yaml'
import { type Column, described } from '../schemas/column.ts'
import { queries } from '../schemas/queries/index.ts'
import type { View } from '../schemas/view.ts'
import { catalystsBySession } from '../schemas/views/catalysts/catalysts_by_session.ts'
import { crashPrecursors } from '../schemas/views/composite/crash_precursors.ts'
import { precursorContributions } from '../schemas/views/composite/precursor_contributions.ts'
import { precursorScore } from '../schemas/views/composite/precursor_score.ts'
import { precursorSignals } from '../schemas/views/composite/precursor_signals.ts'
import { metrics } from './metrics.ts'

const version = '1.0.0'
const database = 'Precursor'

/** An identifier that is the same each time, so that a second import replaces the first. */
const uuidOf = (name: string): string => {
  const hex = createHash('sha256').update(`precursor ${name}`).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), `5${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  )
}

const types: Readonly<Record<Column['type'], string>> = {
  varchar: 'VARCHAR',
  date: 'DATE',
  timestamp: 'TIMESTAMP',
  double: 'DOUBLE',
  bigint: 'BIGINT',
  boolean: 'BOOLEAN',
}

interface Dataset {
  readonly name: string
  readonly doc: string
  readonly columns: Readonly<Record<string, Column>>
  /** Of a dataset that is a query. */
  readonly sql?: string
}

const datasetFile = ({ name, doc, columns, sql }: Dataset) => ({
  table_name: name,
  main_dttm_col: 'session' in columns ? 'session' : null,
  description: doc,
  offset: 0,
  schema: null,
  sql: sql ?? null,
  uuid: uuidOf(`dataset ${name}`),
  metrics: [
    ...metrics
      .filter(({ of }) => of.name === name)
      .map((metric) => ({ metric_name: metric.name, expression: metric.sql, description: metric.doc })),
    { metric_name: 'row_count', expression: 'COUNT(*)', description: 'Rows.' },
  ],
  columns: Object.entries(columns).map(([name, column]) => ({
    column_name: name,
    is_dttm: column.type === 'date' || column.type === 'timestamp',
    is_active: true,
    type: types[column.type],
    groupby: true,
    filterable: true,
    description: described(column),
  })),
  version,
  database_uuid: uuidOf('database'),
})

const litSince = queries.find(({ name }) => name === 'lit_since')!
const { signal, title, lit_since, lit_session_count, value } = precursorSignals.columns
const lit: Dataset = {
  ...litSince,
  sql: litSince.sql.text,
  columns: {
    signal,
    title,
    lit_since,
    session_count: lit_session_count,
    value,
  },
}

const ofView = ({ name, doc, columns }: View): Dataset => ({ name, doc, columns })

const datasets: readonly Dataset[] = [
  lit,
  ...[crashPrecursors, precursorScore, precursorSignals, precursorContributions, catalystsBySession].map(ofView),
]

interface Chart {
  readonly name: string
  readonly of: { readonly name: string }
  readonly viz: string
  readonly width: number
  readonly params: Readonly<Record<string, unknown>>
}

const overTime = {
  x_axis: 'session',
  time_grain_sqla: null,
  row_limit: 50_000,
  sort_series_type: 'sum',
  show_legend: true,
}
const equals = (subject: string, comparator: string) => ({
  clause: 'WHERE',
  expressionType: 'SIMPLE',
  subject,
  operator: '==',
  operatorId: 'EQUALS',
  comparator,
})

const charts: readonly Chart[] = [
  {
    name: 'Lit tonight, and since when',
    of: lit,
    viz: 'table',
    width: 6,
    params: {
      query_mode: 'raw',
      table_timestamp_format: '%Y-%m-%d',
      all_columns: ['title', 'value', 'lit_since', 'session_count'],
      order_by_cols: ['["lit_since", false]'],
      row_limit: 100,
    },
  },
  {
    name: 'Signals lit, by group',
    of: precursorSignals,
    viz: 'echarts_timeseries_bar',
    width: 6,
    params: { ...overTime, metrics: ['lit_count'], groupby: ['signal_group'], stack: 'Stack' },
  },
  {
    name: 'Score (percentile against its own history, not a probability)',
    of: precursorScore,
    viz: 'echarts_timeseries_line',
    width: 6,
    params: { ...overTime, metrics: ['mean_score'], groupby: [] },
  },
  {
    name: 'VIX',
    of: crashPrecursors,
    viz: 'echarts_timeseries_line',
    width: 6,
    params: { ...overTime, metrics: ['mean_vix'], groupby: [] },
  },
  {
    name: 'Points of the score, by group',
    of: precursorContributions,
    viz: 'echarts_area',
    width: 6,
    params: {
      ...overTime,
      metrics: ['points'],
      groupby: ['precursor_group'],
      stack: 'Stack',
      adhoc_filters: [equals('level', 'group')],
    },
  },
  {
    name: 'Catalysts',
    of: catalystsBySession,
    viz: 'table',
    width: 6,
    params: {
      query_mode: 'raw',
      table_timestamp_format: '%Y-%m-%d',
      all_columns: ['session', 'kind', 'title', 'delay_days', 'actual', 'consensus', 'surprise'],
      order_by_cols: ['["session", false]'],
      row_limit: 200,
    },
  },
]

const chartFile = ({ name, of, viz, params }: Chart) => ({
  slice_name: name,
  viz_type: viz,
  params: { viz_type: viz, ...params },
  uuid: uuidOf(`chart ${name}`),
  version,
  dataset_uuid: uuidOf(`dataset ${of.name}`),
})

/** Two charts a row. */
const position = () => {
  const rows = charts.flatMap((_, i) => (i % 2 ? [] : [charts.slice(i, i + 2)]))
  const rowId = (i: number) => `ROW-${i}`
  const chartId = ({ name }: Chart) => `CHART-${uuidOf(`chart ${name}`).slice(0, 8)}`
  const grid = ['ROOT_ID', 'GRID_ID']
  return {
    DASHBOARD_VERSION_KEY: 'v2',
    ROOT_ID: { id: 'ROOT_ID', type: 'ROOT', children: ['GRID_ID'] },
    GRID_ID: { id: 'GRID_ID', type: 'GRID', children: rows.map((_, i) => rowId(i)), parents: ['ROOT_ID'] },
    HEADER_ID: { id: 'HEADER_ID', type: 'HEADER', meta: { text: database } },
    ...Object.fromEntries(
      rows.flatMap((row, i) => [
        [
          rowId(i),
          {
            id: rowId(i),
            type: 'ROW',
            children: row.map(chartId),
            parents: grid,
            meta: { background: 'BACKGROUND_TRANSPARENT' },
          },
        ],
        ...row.map((chart) => [
          chartId(chart),
          {
            id: chartId(chart),
            type: 'CHART',
            children: [],
            parents: [...grid, rowId(i)],
            meta: {
              uuid: uuidOf(`chart ${chart.name}`),
              // Replaced by what the import assigns.
              chartId: charts.indexOf(chart) + 1,
              sliceName: chart.name,
              width: chart.width,
              height: 50,
            },
          },
        ]),
      ]),
    ),
  }
}

const slug = (name: string) => name.replace(/\W+/g, '_').replace(/_$/, '')

/** Every file of the folder, by its path in it. */
export const supersetFiles = (): Readonly<Record<string, string>> => {
  const files: Record<string, unknown> = {
    // The import asks for the time of an export; what is generated has none.
    'metadata.yaml': { version, type: 'Dashboard', timestamp: '2026-11-25T00:00:00+00:00' },
    [`databases/${database}.yaml`]: {
      database_name: database,
      sqlalchemy_uri: 'duckdb:///sample-lake/lake.duckdb',
      expose_in_sqllab: true,
      allow_dml: false,
      extra: { engine_params: { connect_args: { read_only: true } } },
      uuid: uuidOf('database'),
      version,
    },
    ...Object.fromEntries(
      datasets.map((dataset) => [`datasets/${database}/${dataset.name}.yaml`, datasetFile(dataset)]),
    ),
    ...Object.fromEntries(charts.map((chart) => [`charts/${slug(chart.name)}.yaml`, chartFile(chart)])),
    [`dashboards/${database}.yaml`]: {
      dashboard_title: database,
      description: 'Lit signals, since when, and the score.',
      slug: 'precursor',
      published: true,
      uuid: uuidOf('dashboard'),
      position: position(),
      metadata: {},
      version,
    },
  }
  return Object.fromEntries(
    Object.entries(files).map(([path, content]) => [
      path,
      // Unquoted, the time would be read as a time and refused: it is to be text.
      stringify(content, { lineWidth: 0, ...(path === 'metadata.yaml' ? { defaultStringType: 'QUOTE_DOUBLE' } : {}) }),
    ]),
  )
}
