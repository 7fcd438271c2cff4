/** The script of the query page: asks, shows the rows in a table, and draws the numbers with the charting library of the site. */

export const pageScript = `
const by = (id) => document.getElementById(id)
const cell = (tag, text) => Object.assign(document.createElement(tag), { textContent: text === null ? '' : typeof text === 'object' ? JSON.stringify(text) : String(text) })
const row = (tag, values) => { const tr = document.createElement('tr'); tr.append(...values.map((v) => cell(tag, v))); return tr }
const colors = ['#2563eb', '#d97706', '#059669', '#dc2626', '#7c3aed', '#0891b2', '#be185d', '#65a30d']
const shownRows = 1000
let plot, answer

const isNumber = (v) => typeof v === 'number'
const columnsWhere = (test) => answer.columns.filter((name) => answer.rows.some((r) => r[name] !== null) && answer.rows.every((r) => r[name] === null || test(r[name])))

/** What the columns mean for a chart: days or labels below, numbers, and a text that tells lines apart where days repeat. */
const shape = () => {
  const numbers = columnsWhere(isNumber)
  const day = columnsWhere((v) => typeof v === 'string' && /^\\d{4}-\\d\\d-\\d\\d/.test(v))[0]
  const texts = columnsWhere((v) => typeof v === 'string').filter((name) => name !== day)
  const year = !day && numbers[0] && answer.rows.every((r) => Number.isInteger(r[numbers[0]])) ? numbers[0] : undefined
  const repeats = day && new Set(answer.rows.map((r) => r[day])).size < answer.rows.length
  return { numbers: numbers.filter((name) => name !== year || numbers.length === 1), day, label: day ? undefined : year ?? texts[0], split: repeats ? texts[0] : undefined }
}

const seriesOf = (chosen, { day, split }) => {
  const place = (r, i) => day ? Date.parse(r[day].length === 10 ? r[day] + 'T00:00:00Z' : r[day]) / 1000 : i
  const xs = [...new Set(answer.rows.map(place))].sort((a, b) => a - b)
  const at = new Map(xs.map((x, i) => [x, i]))
  const kinds = split ? [...new Set(answer.rows.map((r) => r[split]))].sort().slice(0, colors.length) : [undefined]
  const lines = chosen.flatMap((name) => kinds.map((kind) => {
    const values = xs.map(() => null)
    answer.rows.forEach((r, i) => { if (kind === undefined || r[split] === kind) values[at.get(place(r, i))] = r[name] })
    return { label: kind === undefined ? name : chosen.length > 1 ? name + ' ' + kind : String(kind), values }
  })).slice(0, colors.length)
  return { xs, lines }
}

const draw = () => {
  plot?.destroy(); plot = undefined
  const of = shape()
  const chosen = [...by('columns').querySelectorAll('input:checked')].map((box) => box.value)
  by('figure').hidden = chosen.length === 0 || answer.rows.length < 2
  if (by('figure').hidden) return
  const { xs, lines } = seriesOf(chosen, of)
  const ink = getComputedStyle(document.body).color
  const axis = { stroke: ink, grid: { stroke: '#8883' }, ticks: { stroke: '#8883' } }
  const named = (u, places) => places.map((i) => Number.isInteger(i) && answer.rows[i] ? String(of.label ? answer.rows[i][of.label] : i + 1) : '')
  const below = of.day ? axis : { ...axis, values: named, space: 90 }
  plot = new uPlot({
    width: by('chart').clientWidth, height: 300,
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
    scales: { x: { time: Boolean(of.day) } },
    axes: [below, { ...axis, size: 70 }],
    series: [{ label: of.day ?? of.label ?? 'row', ...(of.day ? { value: '{YYYY}-{MM}-{DD}' } : { value: (u, i) => i === null ? '--' : named(u, [i])[0] }) },
      ...lines.map(({ label }, i) => ({ label, stroke: colors[i], width: 2, spanGaps: true, points: { show: xs.length < 60 } }))],
  }, [xs, ...lines.map(({ values }) => values)], by('chart'))
  by('chart').setAttribute('aria-label', 'Chart of ' + lines.map(({ label }) => label).join(', ') + (of.day || of.label ? ' by ' + (of.day ?? of.label) : ''))
}

const choices = () => {
  by('columns').replaceChildren(...shape().numbers.map((name, i) => {
    const box = Object.assign(document.createElement('input'), { type: 'checkbox', value: name, checked: i === 0 })
    box.addEventListener('change', draw)
    const label = document.createElement('label'); label.append(box, ' ' + name); return label
  }))
}

const ask = async () => {
  by('said').textContent = 'asking'
  const started = performance.now()
  const question = { sql: by('sql').value }
  if (by('as_of').value) question.as_of = by('as_of').value
  for (const id of ['head', 'body', 'columns']) by(id).replaceChildren()
  by('figure').hidden = true; by('files').hidden = true
  try {
    answer = await (await fetch('/query', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(question) })).json()
  } catch { by('said').textContent = 'the server does not answer: is it still running?'; return }
  if (answer.error) { by('said').textContent = answer.error; return }
  by('head').append(row('th', answer.columns))
  by('body').append(...answer.rows.slice(0, shownRows).map((each) => row('td', answer.columns.map((name) => each[name]))))
  const { length } = answer.rows
  by('said').textContent = length + (length === 1 ? ' row' : ' rows') + (answer.is_cut ? ', cut off at the limit' : '') + (length > shownRows ? ', the first ' + shownRows + ' are shown' : '') + ', as of ' + answer.as_of + ', in ' + Math.round(performance.now() - started) + ' ms'
  for (const link of by('files').querySelectorAll('a')) link.href = '/query?' + new URLSearchParams({ ...question, format: link.dataset.format })
  by('files').hidden = false
  history.replaceState(null, '', '#' + new URLSearchParams(question))
  choices(); draw()
}
by('form').addEventListener('submit', (event) => { event.preventDefault(); ask() })
by('sql').addEventListener('keydown', (event) => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); ask() } })
by('saved').addEventListener('change', () => { if (by('saved').value) { by('sql').value = by('saved').value; ask() } })
addEventListener('resize', () => { if (plot) plot.setSize({ width: by('chart').clientWidth, height: 300 }) })
const given = new URLSearchParams(location.hash.slice(1))
if (given.has('sql')) { by('sql').value = given.get('sql'); by('as_of').value = given.get('as_of') ?? '' }`
