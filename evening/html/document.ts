/** A document without a browser, in which charts are drawn. */
import { parseHTML } from 'linkedom'

export type Document = ReturnType<typeof parseHTML>['document']

export const newDocument = (): Document => parseHTML('<!doctype html><html><body></body></html>').document
