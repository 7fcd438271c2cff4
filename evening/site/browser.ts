/** What the pages of the site run in the browser: charts that answer to the pointer, and the list of all evenings. */
export const browserScript = `'use strict'
const data = window.precursor || {}
const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim()
const seconds = (session) => Date.parse(session + 'T00:00:00Z') / 1000
const minus = (text) => text.replace('-', '\\u2212')
const number = (value) => value == null ? '\\u2013' : minus(value.toLocaleString('en-US', { maximumFractionDigits: 2 }))

const chart = (place) => {
  const series = data[place.dataset.series]
  if (!series || !window.uPlot) return
  const from = place.dataset.from, to = place.dataset.to
  const keep = series.sessions.map((each, i) => [each, i]).filter(([each]) => (!from || each >= from) && (!to || each <= to)).map(([, i]) => i)
  const names = place.dataset.columns.split(',')
  const xs = keep.map((i) => seconds(series.sessions[i]))
  const columns = names.map((name) => keep.map((i) => series[name][i]))
  const colours = ['--line', '--lit', '--second']
  const labels = place.dataset.labels.split('|')
  const axis = { stroke: css('--ink'), grid: { stroke: css('--edge'), width: 1 }, ticks: { stroke: css('--edge') }, font: '12px system-ui' }
  const level = place.dataset.level === undefined ? undefined : Number(place.dataset.level)
  const options = {
    width: place.clientWidth,
    height: Number(place.dataset.height || 300),
    tzDate: (ts) => uPlot.tzDate(new Date(ts * 1000), 'Etc/UTC'),
    cursor: { drag: { x: true, y: false } },
    scales: { x: { time: true }, count: { range: (u, low, high) => [0, Math.max(4, high) * 4] } },
    axes: [axis, { ...axis, size: 64, values: (u, all) => all.map(number) }],
    series: [
      { label: place.dataset.session, value: '{YYYY}-{MM}-{DD}' },
      ...names.map((name, i) => ({
        label: labels[i],
        stroke: css(colours[i]),
        width: 1.5,
        value: (u, value) => number(value),
        scale: name === 'lit' ? 'count' : 'y',
        paths: name === 'lit' ? uPlot.paths.bars({ size: [0.8, 12] }) : undefined,
        fill: name === 'lit' ? css(colours[i]) : undefined,
        points: { show: false },
      })),
    ],
    hooks: {
      draw: [(u) => {
        if (level === undefined) return
        const y = u.valToPos(level, 'y', true)
        u.ctx.save(); u.ctx.strokeStyle = css('--lit'); u.ctx.setLineDash([6, 4]); u.ctx.beginPath()
        u.ctx.moveTo(u.bbox.left, y); u.ctx.lineTo(u.bbox.left + u.bbox.width, y); u.ctx.stroke(); u.ctx.restore()
      }],
    },
  }
  place.textContent = ''
  const plot = new uPlot(options, [xs, ...columns], place)
  new ResizeObserver(() => plot.setSize({ width: place.clientWidth, height: options.height })).observe(place)
  for (const button of place.parentElement.querySelectorAll('button[data-years]'))
    button.addEventListener('click', () => {
      const years = Number(button.dataset.years)
      const end = xs[xs.length - 1]
      plot.setScale('x', { min: years ? Math.max(xs[0], end - years * 31557600) : xs[0], max: end })
    })
}
for (const place of document.querySelectorAll('[data-series]')) chart(place)

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
      tr.append(first, cell(row[1] == null ? null : row[1].toFixed(1), 'figure'), cell(row[2] == null ? null : (row[2] * 100).toFixed(1) + ' %', 'figure'), cell(row[3] + ' / ' + row[4], 'figure'), cell(change, 'figure'), cell(row[6], 'text'))
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
