/** What the pages of the site run in the browser: charts that answer to the pointer, and the list of all evenings. */
export const browserScript = `'use strict'
const data = window.precursor || {}
const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim()
const seconds = (session) => Date.parse(session + 'T00:00:00Z') / 1000
const minus = (text) => text.replace('-', '\\u2212')
const short = (value, digits) => minus(value.toLocaleString('en-US', { maximumFractionDigits: digits }))
const sizes = [[1e12, ' tn'], [1e9, ' bn'], [1e6, ' m'], [1e3, ' k'], [0, '']]
const money = (value) => {
  const [size, unit] = sizes.find(([least]) => Math.abs(value) >= least)
  return (value < 0 ? '\\u2212' : '') + '$' + short(Math.abs(value) / (size || 1), 1) + unit
}
const written = {
  number: (value) => short(value, 2),
  points: (value) => short(value, 1),
  share: (value) => short(value * 100, 2) + ' %',
  change: (value) => (value > 0 ? '+' : '') + short(value * 100, 2) + ' %',
  dollars: money,
}
const figureOf = (figure) => (value) => value == null ? '\\u2013' : written[figure || 'number'](value)

const draw = (place, { sessions, lines, figure, level, session, height, isCount, answers }) => {
  if (!window.uPlot || sessions.length === 0) return
  const number = answers ? (value) => (value == null ? '\\u2013' : answers[value] ?? '') : figureOf(figure)
  const xs = sessions.map(seconds)
  const colours = ['--line', '--lit', '--second', '--good', '--faint']
  const own = isCount ? colours : colours.filter((name) => name !== '--lit')
  const axis = { stroke: css('--ink'), grid: { stroke: css('--edge'), width: 1 }, ticks: { stroke: css('--edge') }, font: '12px system-ui' }
  const options = {
    width: place.clientWidth,
    height,
    tzDate: (ts) => uPlot.tzDate(new Date(ts * 1000), 'Etc/UTC'),
    cursor: { drag: { x: true, y: false } },
    scales: {
      x: { time: true },
      y: { range: (u, low, high) => answers ? [-0.1, 1.1] : uPlot.rangeNum(level == null ? low : Math.min(low, level), level == null ? high : Math.max(high, level), 0.1, true) },
      count: { range: (u, low, high) => [0, Math.max(4, high) * 4] },
    },
    axes: [axis, { ...axis, size: 64, ...(answers ? { splits: () => [0, 1] } : {}), values: (u, all) => all.map(number) }],
    series: [
      { label: session, value: '{YYYY}-{MM}-{DD}' },
      ...lines.map(({ name, counts }, i) => ({
        label: name,
        stroke: css(own[i % own.length]),
        width: 1.5,
        value: (u, value) => (counts ? (value == null ? '\\u2013' : String(value)) : number(value)),
        scale: counts ? 'count' : 'y',
        paths: counts ? uPlot.paths.bars({ size: [0.8, 12] }) : undefined,
        fill: counts ? css(own[i]) : undefined,
        points: { show: false },
      })),
    ],
    hooks: {
      draw: [(u) => {
        if (level == null) return
        const y = u.valToPos(level, 'y', true)
        u.ctx.save(); u.ctx.strokeStyle = css('--lit'); u.ctx.setLineDash([6, 4]); u.ctx.beginPath()
        u.ctx.moveTo(u.bbox.left, y); u.ctx.lineTo(u.bbox.left + u.bbox.width, y); u.ctx.stroke(); u.ctx.restore()
      }],
    },
  }
  place.textContent = ''
  const plot = new uPlot(options, [xs, ...lines.map(({ values }) => values)], place)
  new ResizeObserver(() => plot.setSize({ width: place.clientWidth, height })).observe(place)
  for (const button of place.parentElement.querySelectorAll('button[data-years]'))
    button.addEventListener('click', () => {
      const years = Number(button.dataset.years)
      const end = xs[xs.length - 1]
      plot.setScale('x', { min: years ? Math.max(xs[0], end - years * 31557600) : xs[0], max: end })
    })
}

/** A chart of a data file: some of its columns, for a span of sessions. */
for (const place of document.querySelectorAll('[data-series]')) {
  const series = data[place.dataset.series]
  if (!series) continue
  const { from, to, columns, labels, session, level, height, figure, answers } = place.dataset
  const keep = series.sessions.map((each, i) => [each, i]).filter(([each]) => (!from || each >= from) && (!to || each <= to)).map(([, i]) => i)
  const names = labels.split('|')
  const lines = columns.split(',').map((name, i) => ({ name: names[i], counts: name === 'lit', values: keep.map((at) => series[name][at]) }))
  draw(place, { sessions: keep.map((i) => series.sessions[i]), lines, session, figure, answers: answers && answers.split('|'), level: level === undefined ? null : Number(level), height: Number(height || 300), isCount: lines.some(({ counts }) => counts) })
}

/** A chart with data of its own, and its table. */
for (const place of document.querySelectorAll('[data-own]')) {
  const own = JSON.parse(place.nextElementSibling.textContent)
  draw(place, { ...own, height: 230 })
  const rows = place.parentElement.querySelector('details.rows')
  rows.addEventListener('toggle', () => {
    const holder = rows.querySelector('div')
    if (!rows.open || holder.firstChild) return
    const table = document.createElement('table')
    const number = figureOf(own.figure)
    const add = (part, tag, texts) => {
      const row = part.appendChild(document.createElement('tr'))
      texts.forEach((text, i) => {
        const cell = row.appendChild(document.createElement(tag))
        cell.className = i ? 'figure' : 'text'
        cell.textContent = text
      })
    }
    add(table.createTHead(), 'th', [own.session, ...own.lines.map(({ name }) => name)])
    const body = table.createTBody()
    own.sessions.forEach((session, i) => add(body, 'td', [session, ...own.lines.map(({ values }) => number(values[i]))]))
    holder.append(table)
  })
}

const list = document.querySelector('#evenings')
if (list && data.evenings) {
  const body = list.querySelector('tbody'), search = document.querySelector('#search'), count = document.querySelector('#count'), more = document.querySelector('#more')
  const rows = data.evenings
  let by = 0, isDown = true, shown = 200
  const cell = (value, name) => {
    const td = document.createElement('td')
    td.className = name
    td.textContent = value == null ? '\\u2013' : String(value)
    return td
  }
  const draw = () => {
    const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean)
    const found = rows.filter((row) => { const text = (row[0] + ' ' + row[6]).toLowerCase(); return words.every((word) => text.includes(word)) })
    found.sort((a, b) => {
      const [one, other] = [a[by], b[by]]
      if (one == null || other == null) return (one == null) - (other == null)
      return (one < other ? -1 : one > other ? 1 : 0) * (isDown ? -1 : 1)
    })
    count.textContent = found.length.toLocaleString('en-US')
    body.replaceChildren(...found.slice(0, shown).map((row) => {
      const tr = document.createElement('tr')
      const first = cell(null, 'text')
      if (data.pages.has(row[0])) {
        const link = document.createElement('a')
        link.href = 'evening/' + row[0] + '.html'
        link.textContent = row[0]
        first.replaceChildren(link)
      } else first.textContent = row[0]
      const change = row[5] == null ? null : (row[5] >= 0 ? '+' : '\\u2212') + Math.abs(row[5] * 100).toFixed(Math.abs(row[5]) < 0.01 ? 2 : 1) + ' %'
      tr.append(first, cell(row[1] == null ? null : row[1].toFixed(1), 'figure'), cell(row[2] == null ? null : row[2].toFixed(2), 'figure'), cell(row[3] + ' / ' + row[4], 'figure'), cell(change, 'figure'), cell(row[6], 'text'))
      return tr
    }))
    more.hidden = found.length <= shown
  }
  list.querySelectorAll('button[data-by]').forEach((button) => button.addEventListener('click', () => {
    const next = Number(button.dataset.by)
    isDown = next === by ? !isDown : true
    by = next
    list.querySelectorAll('th').forEach((th) => th.removeAttribute('aria-sort'))
    button.parentElement.setAttribute('aria-sort', isDown ? 'descending' : 'ascending')
    draw()
  }))
  search.addEventListener('input', () => { shown = 200; draw() })
  more.addEventListener('click', () => { shown += 1000; draw() })
  draw()
}
`
