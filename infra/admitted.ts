/** The function of CloudFront that admits readers by their address, before anything is looked up in the cache or the bucket. */
import { isIP } from 'node:net'

/** A range of addresses that is written as CloudFront and routers write it: an address, a slash and the length of its prefix. */
export const isRange = (text: string): boolean => {
  const [address, length, ...others] = text.split('/')
  const version = isIP(address ?? '')
  const longest = version === 4 ? 32 : 128
  return version > 0 && others.length === 0 && /^\d{1,3}$/.test(length ?? '') && Number(length) <= longest
}

/** Its source text, for the runtime `cloudfront-js-2.0`. Everyone outside the ranges gets 403. */
export const admitting = (ranges: readonly string[]): string => `var ranges = ${JSON.stringify(ranges)}

function bits(address) {
  if (address.indexOf(':') < 0)
    return '4' + address.split('.').map(function (part) { return Number(part).toString(2).padStart(8, '0') }).join('')
  var halves = address.split('::')
  var before = halves[0] ? halves[0].split(':') : []
  var after = halves[1] ? halves[1].split(':') : []
  while (halves.length > 1 && before.length + after.length < 8) before.push('0')
  return '6' + before.concat(after).map(function (part) { return parseInt(part, 16).toString(2).padStart(16, '0') }).join('')
}

function handler(event) {
  var own = bits(event.viewer.ip)
  var isAdmitted = ranges.some(function (range) {
    var parts = range.split('/')
    return own.indexOf(bits(parts[0]).slice(0, 1 + Number(parts[1]))) === 0
  })
  return isAdmitted ? event.request : { statusCode: 403, statusDescription: 'Forbidden' }
}
`
