import { browserNumbers } from './browser-numbers.ts'

/** What the pages of the site run in the browser: charts that answer to the pointer, and the list of all evenings. */
export const browserScript = `'use strict'
const data = window.precursor || {}
const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim()
const seconds = (session) => Date.parse(session + 'T00:00:00Z') / 1000
${browserNumbers}
const shownAs = (how, figure) => (value) => value == null ? '\\u2013' : how[figure || 'number'](value)

/** Days, months and years between the ticks of a time axis. A session has no hours. */
const day = 86400
const steps = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 15].map((count) => count * day)
  .concat([1, 2, 3, 4, 6].map((count) => count * 30 * day), [1, 2, 5, 10, 25, 50, 100].map((count) => count * 365 * day))
const dateIn = (options) => {
  const format = new Intl.DateTimeFormat(document.documentElement.lang, { ...options, timeZone: 'UTC' })
  return (at) => format.format(new Date(at * 1000))
}
const [yearOf, monthOf, dayOf] = [{ year: 'numeric' }, { month: 'short' }, { month: 'short', day: 'numeric' }].map(dateIn)
const ticks = (u, all, axis, space, step) => {
  let year
  return all.map((at) => {
    const own = yearOf(at)
    if (step >= 365 * day) return own
    const text = (step >= 28 * day ? monthOf : dayOf)(at)
    const isNew = own !== year
    year = own
    return isNew ? text + '\\n' + own : text
  })
}

/** Texts one below another, pushed apart until each has a line of its own, between the edges of the chart. */
const apart = (texts, height) => {
  const line = 15
  texts.sort((a, b) => a.top - b.top)
  texts.forEach((each, i) => { each.top = Math.max(each.top, i ? texts[i - 1].top + line : line / 2) })
  for (let i = texts.length - 1; i >= 0; i--) texts[i].top = Math.min(texts[i].top, i === texts.length - 1 ? height - line / 2 : texts[i + 1].top - line)
  return texts
}

/** A chart that a script draws does not follow the layout of paper. It is drawn again at the width and in the colours that it has there. */
const redraws = []
const isOnPaper = () => document.documentElement.classList.contains('paper')
const turn = (isPaper) => () => {
  document.documentElement.classList.toggle('paper', isPaper)
  redraws.forEach((redraw) => redraw(isPaper))
}
addEventListener('beforeprint', turn(true))
addEventListener('afterprint', turn(false))

const draw = (place, { sessions, lines, figure, level, levelText, at, session, height, isCount, answers }) => {
  if (!window.uPlot || sessions.length === 0) return
  const answer = answers && ((value) => (value == null ? '\\u2013' : answers[value] ?? ''))
  const number = answer || shownAs(written, figure)
  const xs = sessions.map(seconds)
  const colours = ['--line', '--lit', '--second', '--good', '--faint']
  const own = isCount ? colours : colours.filter((name) => name !== '--lit')
  const axis = () => ({ stroke: css('--ink'), grid: { stroke: css('--edge'), width: 1 }, ticks: { stroke: css('--edge') }, font: '12px system-ui' })
  const colourOf = (i) => own[i % own.length]
  const writtenOf = ({ counts }, value) => (counts ? (value == null ? '\\u2013' : String(value)) : number(value))
  const isKnownAt = (i) => lines.some(({ values }) => values[i] != null)
  /** Without a pointer the legend tells of the session of the page, or of the last one with a value. */
  const resting = isKnownAt(sessions.indexOf(at)) ? sessions.indexOf(at) : Math.max(0, sessions.findLastIndex((_, i) => isKnownAt(i)))
  /** The value at the end of a line, its name if there are several, and its date if that is not the end of the chart. */
  let hasNames = lines.length > 1
  const endOf = (line, i, end) => (hasNames ? line.name + ' ' : '') + writtenOf(line, line.values[i]) + (i === end ? '' : ' (' + sessions[i].slice(5) + ')')
  const lastOf = (values, from, to) => {
    let i = to
    while (i >= from && values[i] == null) i--
    return i < from ? -1 : i
  }
  /** The plot at the width of the window, or of paper. */
  let plot
  const layer = document.createElement('div')
  layer.className = 'marks'
  const write = (name, text, { left, top, colour }) => {
    const mark = layer.appendChild(document.createElement('span'))
    mark.className = name
    mark.textContent = text
    mark.style.cssText = 'left:' + left + 'px;top:' + top + 'px;color:var(' + colour + ')'
    return mark
  }
  const mark = (u) => {
    layer.replaceChildren()
    const { width: across, height: down } = u.over.getBoundingClientRect()
    const [from, to] = u.series[0].idxs
    const x = (i) => u.valToPos(xs[i], 'x')
    if (at) {
      const left = u.valToPos(seconds(at), 'x')
      if (left >= 0 && left <= across + 1) write('session', '', { left, top: 0, colour: '--lit' })
    }
    if (level != null) {
      const top = u.valToPos(level, 'y')
      if (top >= 0 && top <= down) write('level', levelText || '', { left: 4, top: top < 18 ? top + 2 : top - 18, colour: '--lit' })
    }
    const ends = lines.flatMap((line, n) => {
      const i = u.series[n + 1].show ? lastOf(line.values, from, to) : -1
      return i < 0 ? [] : [{ text: endOf(line, i, to), left: x(i) + 7, top: u.valToPos(line.values[i], line.counts ? 'count' : 'y'), colour: colourOf(n) === '--faint' ? '--quiet' : colourOf(n) }]
    })
    for (const { text, ...where } of apart(ends, down)) write('end', text, where)
  }
  /** Room for the longest of the texts at the ends of the lines, as wide as the browser writes it. */
  const roomAtEnd = () => {
    const end = sessions.length - 1
    const texts = lines.flatMap((line) => { const i = lastOf(line.values, 0, end); return i < 0 ? [] : [endOf(line, i, end)] })
    place.replaceChildren(layer)
    layer.replaceChildren()
    const widths = texts.map((text) => write('end', text, { left: 0, top: 0, colour: '--ink' }).getBoundingClientRect().width)
    return Math.ceil(Math.max(0, ...widths)) + 12
  }
  const mostOfWidth = 0.3
  const optionsFor = (width, room, isShown) => ({
    width,
    height,
    padding: [null, room, null, null],
    tzDate: (ts) => uPlot.tzDate(new Date(ts * 1000), 'Etc/UTC'),
    cursor: { drag: { x: true, y: false } },
    scales: {
      x: { time: true },
      y: { range: (u, low, high) => answers ? [-0.1, 1.1] : uPlot.rangeNum(level == null ? low : Math.min(low, level), level == null ? high : Math.max(high, level), 0.1, true) },
      count: { range: (u, low, high) => [0, Math.max(4, high) * 4] },
    },
    axes: [{ ...axis(), incrs: steps, values: ticks }, { ...axis(), size: 64, ...(answers ? { splits: () => [0, 1] } : {}), values: (u, all) => all.map(answer || shownAs(onAxis, figure)) }],
    series: [
      { label: session, value: '{YYYY}-{MM}-{DD}' },
      ...lines.map(({ name, counts }, i) => ({
        label: name,
        show: isShown[i],
        stroke: css(colourOf(i)),
        width: 1.5,
        value: (u, value) => writtenOf({ counts }, value),
        scale: counts ? 'count' : 'y',
        paths: counts ? uPlot.paths.bars({ size: [0.8, 12] }) : undefined,
        fill: counts ? css(own[i]) : undefined,
        points: { show: false },
      })),
    ],
    hooks: {
      init: [(u) => u.over.append(layer)],
      ready: [(u) => u.setLegend({ idx: resting }, false)],
      setLegend: [(u) => { if (u.legend.idx == null) u.setLegend({ idx: resting }, false) }],
      draw: [mark, (u) => {
        if (level == null) return
        const y = u.valToPos(level, 'y', true)
        u.ctx.save(); u.ctx.strokeStyle = css('--lit'); u.ctx.setLineDash([6, 4]); u.ctx.beginPath()
        u.ctx.moveTo(u.bbox.left, y); u.ctx.lineTo(u.bbox.left + u.bbox.width, y); u.ctx.stroke(); u.ctx.restore()
      }],
    },
  })
  const build = (width) => {
    const earlier = plot
    const isShown = lines.map((_, i) => !earlier || earlier.series[i + 1].show)
    if (earlier) earlier.destroy()
    hasNames = lines.length > 1
    let room = roomAtEnd()
    // On a phone the legend alone has the names.
    if (hasNames && room > mostOfWidth * width) {
      hasNames = false
      room = roomAtEnd()
    }
    place.textContent = ''
    plot = new uPlot(optionsFor(width, room, isShown), [xs, ...lines.map(({ values }) => values)], place)
    const { min, max } = earlier ? earlier.scales.x : {}
    if (min != null) plot.setScale('x', { min, max })
  }
  build(place.clientWidth)
  new ResizeObserver(() => { if (!isOnPaper()) plot.setSize({ width: place.clientWidth, height }) }).observe(place)
  redraws.push((isPaper) => build(isPaper ? Number.parseFloat(getComputedStyle(place).getPropertyValue('--paper')) : place.clientWidth))
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
  const { from, to, columns, labels, session, at, level, levelText, height, figure, answers } = place.dataset
  const keep = series.sessions.map((each, i) => [each, i]).filter(([each]) => (!from || each >= from) && (!to || each <= to)).map(([, i]) => i)
  const names = labels.split('|')
  const lines = columns.split(',').map((name, i) => ({ name: names[i], counts: name === 'lit', values: keep.map((at) => series[name][at]) }))
  draw(place, { sessions: keep.map((i) => series.sessions[i]), lines, session, at, levelText, figure, answers: answers && answers.split('|'), level: level === undefined ? null : Number(level), height: Number(height || 300), isCount: lines.some(({ counts }) => counts) })
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
    const number = shownAs(written, own.figure)
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
  /** Where nothing hit, a number says whether all, some or none of the kinds that move the market are covered. */
  const without = list.dataset.without.split('|')
  const kinds = list.dataset.kinds.split('|')
  const rows = data.evenings.map((row) => {
    const [titles, own] = typeof row[6] === 'number' ? [null, without[row[6]]] : [row[6], '']
    const words = [row[0], titles ?? own, ...row[7].map((kind) => kinds[kind])].join(' ').toLowerCase()
    return [...row.slice(0, 6), titles, own, words]
  })
  let by = 0, isDown = true, shown = 200
  const cell = (value, name) => {
    const td = document.createElement('td')
    td.className = name
    td.textContent = value == null ? '\\u2013' : String(value)
    return td
  }
  const draw = () => {
    const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean)
    const found = rows.filter((row) => words.every((word) => row[8].includes(word)))
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
      const change = row[5] == null ? null : written.change(row[5])
      tr.append(first, cell(row[1] == null ? null : row[1].toFixed(1), 'figure'), cell(row[2] == null ? null : row[2].toFixed(2), 'figure'), cell(row[3] + ' / ' + row[4], 'figure'), cell(change, 'figure'), cell(row[6] ?? row[7], 'text'))
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
