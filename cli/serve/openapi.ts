/** The OpenAPI description of the HTTP interface. */
import { version } from '../../core/version.ts'
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

const answer = {
  description: 'Rows, with the instant whose knowledge they have and the SQL that gave them.',
  content: {
    'application/json': { schema: { $ref: '#/components/schemas/Answer' } },
    'text/csv': { schema: { type: 'string' } },
    'application/vnd.apache.arrow.stream': { schema: { type: 'string', format: 'binary' } },
  },
}
const refused = {
  description: 'What is wrong with the request.',
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
}
const responses = { 200: answer, 400: refused, 503: refused }
const object = { 200: { description: 'An object.', content: { 'application/json': { schema: { type: 'object' } } } } }

export const openapi = () => ({
  openapi: '3.1.0',
  info: { title: 'Precursor', version, description: 'A point-in-time lake of US-equity crash precursors, read-only.' },
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
    '/views': { get: { operationId: 'views', summary: 'All tables and views.', responses: object } },
    '/views/{name}': {
      get: {
        operationId: 'view',
        summary: 'Rows of a table or view.',
        parameters: [
          parameter('name', 'Table or view.', { type: 'string' }, 'path'),
          day('from'),
          day('to'),
          asOf,
          format,
          rows,
        ],
        responses,
      },
    },
    '/views/{name}/columns': {
      get: {
        operationId: 'columns',
        summary: 'Meaning, type and unit of each column.',
        parameters: [parameter('name', 'Table or view.', { type: 'string' }, 'path')],
        responses: { ...object, 400: refused },
      },
    },
    '/queries': { get: { operationId: 'queries', summary: 'The saved queries.', responses: object } },
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
        parameters: [parameter('session', 'Session, as yyyy-mm-dd.', { type: 'string', format: 'date' }, 'path')],
        responses: { ...object, 400: refused },
      },
    },
    '/report/{session}': {
      get: {
        operationId: 'report',
        summary: 'The report of a session as an HTML page.',
        parameters: [parameter('session', 'Session, as yyyy-mm-dd.', { type: 'string', format: 'date' }, 'path')],
        responses: { 200: { description: 'A page.', content: { 'text/html': {} } }, 400: refused },
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
      Error: { type: 'object', required: ['error'], properties: { error: { type: 'string' } } },
    },
  },
})
