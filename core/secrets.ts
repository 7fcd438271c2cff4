/** The secrets that this process has read. Logs, errors, tables and stored answers show none of them, in any usual encoding. */
import { printable, printableLine } from './printable.ts'

export const redaction = '[redacted]'

/** Shorter texts are not recognised: they would be found in ordinary words. */
const shortest = 4
/** Parts of an address that are not long, or have no digit, may be ordinary words. */
const shortestPart = 8

const known = new Set<string>()
let pattern: RegExp | undefined

/** The user part of any address: `https://user:password@host/`. */
const userPart = /(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/?#"'<>]+@/gi
/** Texts that may be base64, such as the value of a basic authorization. */
const encodedTexts = /[A-Za-z0-9+/_-]{8,}={0,2}/g

/** The text without the secrets that are known and without the user part of addresses. */
export const redacted = (text: string): string => {
  const plain = text.replace(userPart, `$1${redaction}@`)
  if (!pattern) return plain
  const found = plain.replace(pattern, redaction)
  return found.replace(encodedTexts, (each) => (holdsSecret(each) ? redaction : each))
}

/** Whether a secret stands in a text that is base64. */
const holdsSecret = (text: string): boolean => {
  const decoded = Buffer.from(text, 'base64').toString('utf8')
  return [...known].some((secret) => decoded.includes(secret))
}

/** The bytes of an answer without the secrets that are known; the same bytes if there are none in it. */
export const redactedBytes = (bytes: Uint8Array): Uint8Array => {
  if (!pattern) return bytes
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  const without = text.replace(pattern, redaction)
  return without === text ? bytes : Buffer.from(without, 'latin1')
}

/** Takes the secrets, and characters that steer a terminal, out of an error that is thrown on, its causes and its stack. */
export const redactError = <E>(error: E): E => {
  if (!(error instanceof Error)) return error
  error.message = shown(error.message)
  if (error.stack) error.stack = shown(error.stack)
  if (error.cause) error.cause = typeof error.cause === 'string' ? shown(error.cause) : redactError(error.cause)
  return error
}

const shown = (text: string): string => printable(redacted(text))

/** Adds a secret, and the parts of it that are secret too where it is an address. */
export const rememberSecret = (given: string): void => {
  const value = given.trim()
  const lines = value.split(/\p{Cc}+/u)
  for (const each of [value, ...lines, ...partsOf(value)]) if (each.length >= shortest) known.add(each)
  if (known.size === 0) return
  const forms = [...new Set([...known].flatMap(formsOf))].sort((a, b) => b.length - a.length)
  pattern = new RegExp(forms.map((form) => form.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')).join('|'), 'g')
}

/** User, password, path and parameters of an address, as they stand in it and decoded. */
const partsOf = (value: string): string[] => {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(value) || !URL.canParse(value)) return []
  const { href, username, password, pathname, search, searchParams } = new URL(value)
  const segments = pathname.split('/').filter(Boolean)
  const secretSegments = segments.filter(
    (each, i) => each.length >= shortestPart && (/\d/.test(each) || i === segments.length - 1),
  )
  const path = pathname.length >= shortestPart ? [pathname, `${pathname}${search}`] : []
  return [href, username, password, ...path, ...secretSegments, ...searchParams.values()].flatMap((each) => [
    each,
    decoded(each),
  ])
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** The secret as it stands in an address, a form, JSON, HTML, a log line or base64, and as the bytes of UTF-8. */
const formsOf = (secret: string): string[] => {
  const wellFormed = Buffer.from(secret, 'utf8').toString('utf8')
  const encoded = [
    encodeURIComponent(wellFormed),
    encodeURI(wellFormed),
    new URLSearchParams([['', wellFormed]]).toString().slice(1),
  ]
  const html = secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  const forms = [
    secret,
    ...encoded,
    ...encoded.map((each) => each.replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase())),
    JSON.stringify(secret).slice(1, -1),
    html,
    html.replaceAll('"', '&quot;').replaceAll("'", '&#39;'),
    printableLine(secret),
    Buffer.from(secret, 'utf8').toString('base64'),
    Buffer.from(secret, 'utf8').toString('base64url'),
  ]
  return forms.flatMap((form) => [form, Buffer.from(form, 'utf8').toString('latin1')])
}
