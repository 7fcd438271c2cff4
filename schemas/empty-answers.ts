/** Words for an answer without a row. Sources refuse it with them, and `last_sessions` recognises it by them. */
export const emptyAnswer = { noRows: 'no rows', noRecord: 'no record found' } as const

/** Parts of the error of an answer that says nothing about its symbol. */
export const emptyAnswerErrors: readonly string[] = [...Object.values(emptyAnswer), 'HTTP 404']
