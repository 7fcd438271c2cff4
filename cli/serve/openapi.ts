/** The OpenAPI description of the HTTP interface. */
import { version } from '../../core/version.ts'
import type { Column } from '../../schemas/column.ts'
import { allRelations } from '../../schemas/relations.ts'
import type { Relation } from '../../schemas/view.ts'
import { formats } from './answers.ts'

const parameter = (name: string, description: string, schema: object = { type: 'string' }, place = 'query') => ({
  name,
  in: place,
  description,
  required: place === 'path',
  schema,
})

const asOf = parameter(
  'as_of',
  'Instant with its offset, or a session for its evening at 20:00 New York. Default: now.',
)
const format = parameter('format', 'Form of the answer.', { type: 'string', enum: formats, default: 'json' })
const rows = parameter('rows', 'Most rows of the answer.', { type: 'integer', minimum: 1 })
const day = (name: string) => parameter(name, 'Day, as yyyy-mm-dd.', { type: 'string', format: 'date' })

const inEachFormat = (schema: object) => ({
  'application/json': { schema },
  'text/csv': { schema: { type: 'string' } },
  'application/vnd.apache.arrow.stream': { schema: { type: 'string', format: 'binary' } },
})
const headers = {
  'x-as-of': {
    description: 'The instant whose knowledge the answer has.',
    schema: { type: 'string', format: 'date-time' },
  },
  'x-is-cut': { description: 'Whether rows are missing because of the limit.', schema: { type: 'boolean' } },
}
const answerOf = (schema: object) => ({
  description: 'Rows, with the instant whose knowledge they have and the SQL that gave them.',
  headers,
  content: inEachFormat(schema),
})
const refused = {
  description: 'What is wrong with the request.',
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
}
const refusals = { 400: refused, 403: refused, 413: refused, 503: refused }
const responses = { 200: answerOf({ $ref: '#/components/schemas/Answer' }), ...refusals }
const json = (description: string, schema: object) => ({
  200: { description, content: { 'application/json': { schema } } },
  ...refusals,
})
const listOf = (required: readonly string[], properties: object) => ({
  type: 'array',
  items: { type: 'object', required, properties },
})
const text = { type: 'string' }
const texts = { type: 'array', items: text }

const types: Readonly<Record<Column['type'], object>> = {
  varchar: { type: 'string' },
  date: { type: 'string', format: 'date' },
  timestamp: { type: 'string', format: 'date-time' },
  double: { type: 'number' },
  bigint: { type: 'integer' },
  boolean: { type: 'boolean' },
}

const columnSchema = ({ type, nullable, doc, unit }: Column) => ({
  ...types[type],
  ...(nullable ? { type: [(types[type] as { type: string }).type, 'null'] } : {}),
  description: unit ? `${doc} Unit: ${unit}.` : doc,
})

const rowSchema = ({ doc, columns }: Relation) => ({
  type: 'object',
  description: doc,
  required: Object.keys(columns),
  properties: Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, columnSchema(column)])),
})

const rowsOf = (name: string) => ({
  allOf: [
    { $ref: '#/components/schemas/Answer' },
    { type: 'object', properties: { rows: { type: 'array', items: { $ref: `#/components/schemas/${name}` } } } },
  ],
})

const dayColumns = ['session', 'known_session', 'reference_period']

/** The path of a table or view, with the type of its rows. */
const pathOf = ({ name, doc, columns }: Relation) => ({
  get: {
    operationId: `view_${name}`,
    summary: doc,
    parameters: [...(dayColumns.some((each) => each in columns) ? [day('from'), day('to')] : []), asOf, format, rows],
    responses: { 200: answerOf(rowsOf(name)), ...refusals },
  },
})

const sessionInPath = parameter('session', 'Session, as yyyy-mm-dd, or latest.', text, 'path')

export const openapi = () => ({
  openapi: '3.1.0',
  info: {
    title: 'Precursor',
    version,
    description: 'A point-in-time lake of US-equity crash precursors, read-only.',
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
  },
  servers: [{ url: '/' }],
  paths: {
    '/query': {
      get: {
        operationId: 'query',
        summary: 'Answer one SELECT.',
        parameters: [{ ...parameter('sql', 'One SELECT over tables and views.'), required: true }, asOf, format, rows],
        responses,
      },
      post: {
        operationId: 'postQuery',
        summary: 'Answer one SELECT.',
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Question' } } },
        },
        responses,
      },
    },
    '/views': {
      get: {
        operationId: 'views',
        summary: 'All tables and views.',
        responses: json(
          'Name, kind and meaning of each.',
          listOf(['name', 'kind', 'doc', 'grain'], { name: text, kind: text, doc: text, grain: texts }),
        ),
      },
    },
    ...Object.fromEntries(allRelations.map((relation) => [`/views/${relation.name}`, pathOf(relation)])),
    '/views/{name}/columns': {
      get: {
        operationId: 'columns',
        summary: 'Meaning, type and unit of each column.',
        parameters: [parameter('name', 'Table or view.', { type: 'string' }, 'path')],
        responses: json('The table or view.', {
          type: 'object',
          properties: { name: text, columns: { type: 'array', items: { type: 'object' } } },
        }),
      },
    },
    '/queries': {
      get: {
        operationId: 'queries',
        summary: 'The saved queries.',
        responses: json(
          'Name, question and SQL of each.',
          listOf(['name', 'doc', 'sql'], { name: text, doc: text, looks_forward: { type: 'boolean' }, sql: text }),
        ),
      },
    },
    '/signals': {
      get: {
        operationId: 'signals',
        summary: 'The signals of a session, by default of the latest.',
        parameters: [day('session'), asOf, format, rows],
        responses,
      },
    },
    '/evening/{session}': {
      get: {
        operationId: 'evening',
        summary: 'What was known on the evening of a session.',
        parameters: [sessionInPath, format],
        responses: {
          200: {
            description: 'The evening. As CSV or Arrow it has a row for each value.',
            content: inEachFormat({ $ref: '#/components/schemas/Evening' }),
          },
          ...refusals,
        },
      },
    },
    '/report/{session}': {
      get: {
        operationId: 'report',
        summary: 'The report of a session as an HTML page.',
        parameters: [sessionInPath],
        responses: { 200: { description: 'A page.', content: { 'text/html': { schema: text } } }, ...refusals },
      },
    },
    '/site/{file}': {
      get: {
        operationId: 'site',
        summary: 'A file of the site of all evenings; index.html is its first page.',
        parameters: [
          parameter('file', 'Path in the site, such as index.html or evening/2025-11-20.html.', text, 'path'),
        ],
        responses: {
          200: { description: 'A file.', content: { 'text/html': { schema: text } } },
          404: refused,
          ...refusals,
        },
      },
    },
    '/openapi.json': {
      get: {
        operationId: 'openapi',
        summary: 'This description.',
        responses: json('OpenAPI 3.1.', { type: 'object' }),
      },
    },
  },
  components: {
    schemas: {
      Question: {
        type: 'object',
        required: ['sql'],
        additionalProperties: false,
        properties: {
          sql: { type: 'string' },
          as_of: { type: 'string' },
          format: { type: 'string', enum: formats },
          rows: { type: 'integer', minimum: 1 },
        },
      },
      Answer: {
        type: 'object',
        required: ['as_of', 'sql', 'is_cut', 'columns', 'rows'],
        properties: {
          as_of: { type: 'string', format: 'date-time' },
          sql: { type: 'string' },
          is_cut: { type: 'boolean', description: 'True if rows are missing because of the limit.' },
          columns: { type: 'array', items: { type: 'string' } },
          rows: { type: 'array', items: { type: 'object', additionalProperties: true } },
        },
      },
      Evening: {
        type: 'object',
        required: ['as_of', 'evening', 'sql'],
        properties: { as_of: { type: 'string', format: 'date-time' }, evening: { type: 'object' }, sql: texts },
      },
      ...Object.fromEntries(allRelations.map((relation) => [relation.name, rowSchema(relation)])),
      Error: { type: 'object', required: ['error'], properties: { error: { type: 'string' } } },
    },
  },
})
