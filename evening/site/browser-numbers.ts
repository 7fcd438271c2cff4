/** Numbers as `language/numbers.ts` writes them, for the charts and lists that a browser draws. A test compares both. */
export const browserNumbers = `
const minus = '\\u2212'
const signOf = (value) => (value < 0 ? minus : '')
const inFull = (size, fewest, most) => size.toLocaleString('en-US', { minimumFractionDigits: fewest, maximumFractionDigits: most })
const withSign = (value, size) => (/[1-9]/.test(size) ? (value > 0 ? '+' : signOf(value)) + size : size)
const percentDigits = (size) => (size === 0 || size >= 0.01 ? 1 : size >= 1e-4 ? 2 : Math.min(10, 1 - Math.floor(Math.log10(size * 100))))
const inPercent = (value, digits) => signOf(value) + (Math.abs(value) * 100).toFixed(digits) + ' %'
const percent = (value) => {
  const digits = percentDigits(Math.abs(value))
  if (value >= 1 || Number((value * 100).toFixed(digits)) < 100) return inPercent(value, digits)
  return '>' + (100 - 10 ** -digits).toFixed(digits) + ' %'
}
const leastChange = 1e-6
const signedPercent = (value) => {
  const size = Math.abs(value) < leastChange ? 0 : Math.abs(value)
  return withSign(value, inPercent(size, percentDigits(size)))
}
const sizes = [[1e12, 'tn'], [1e9, 'bn'], [1e6, 'm'], [1e3, 'k']]
const sized = (value) => {
  const size = Math.abs(value)
  const [divisor, unit] = sizes.find(([least]) => size >= least * 0.9995) || [1, '']
  return unit ? (size / divisor).toFixed(size / divisor >= 99.95 ? 0 : 1) + ' ' + unit : size.toFixed(size >= 99.5 || size === 0 ? 0 : 2)
}
const dollars = (value) => signOf(value) + '$' + sized(value)
const whole = (value) => signOf(value) + inFull(Math.abs(value), 0, 0)
const decimal = (value) => {
  const size = Math.abs(value)
  if (size !== 0 && size < 0.01) return signOf(value) + (size < 1e-4 ? size.toExponential(1).replace('e-', 'e' + minus) : size.toPrecision(2))
  const digits = size < 1e6 ? 2 : 0
  return signOf(value) + inFull(size, digits, digits)
}
const points = (value) => signOf(value) + inFull(Math.abs(value), 1, 1)
const written = { number: decimal, points, share: percent, change: signedPercent, dollars, count: whole }
const hundredfold = (value) => Number((Math.abs(value) * 100).toFixed(4)) + ' %'
const onAxis = {
  number: (value) => signOf(value) + inFull(Math.abs(value), 0, 3),
  points: (value) => signOf(value) + inFull(Math.abs(value), 0, 1),
  share: (value) => signOf(value) + hundredfold(value),
  change: (value) => (value > 0 ? '+' : signOf(value)) + hundredfold(value),
  dollars: (value) => dollars(value).replace(/\\.0+(?=$| )/, ''),
  count: whole,
}
`
