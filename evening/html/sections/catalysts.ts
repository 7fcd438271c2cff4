/** The catalysts that hit the session, each with its timetable, evidence and reaction. */
import { catalystKinds } from '../../../schemas/catalysts/index.ts'
import { sessions } from '../../../schemas/tables/sessions.ts'
import { sql } from '../../../schemas/view.ts'
import { catalystCoverage } from '../../../schemas/views/catalysts/catalyst_coverage.ts'
import { catalystsBySession } from '../../../schemas/views/catalysts/catalysts_by_session.ts'
import { impactfulCatalysts } from '../../../schemas/views/catalysts/impactful_catalysts.ts'
import { speechTopics } from '../../../schemas/views/catalysts/speech_topics.ts'
import { catalystIntraday } from '../../../schemas/views/intraday/catalyst_intraday.ts'
import { macroTimetable } from '../../../schemas/views/macro/macro_timetable.ts'
import { macroVintages } from '../../../schemas/views/macro/macro_vintages.ts'
import { date } from '../../fragments.ts'
import { coveredCompanies, hits, reactions } from '../../gather/catalysts.ts'
import type { Row } from '../../gather/subject.ts'
import { changeInUnit, inUnit } from '../../language/units.ts'
import { timeline, timelineText } from '../charts/timeline.ts'
import type { Column, Section } from '../exhibit.ts'

/** The catalysts of sessions, and why each could move the market. An early close occurs when its session ends. */
export const hitsWithImpact = (days: readonly string[]) => sql`
  select c.session, c.catalyst_id, coalesce(c.occurred_at, s.closes_at) as occurred_at, c.kind, c.title, c.scheduled_at, c.delay_days,
    c.actual, c.consensus, c.surprise, c.standardized_surprise, c.direction, c.evidence, i.impact
  from (${hits.sql(days)}
  ) c
  left join ${impactfulCatalysts} i on i.session = c.session and i.catalyst_id = c.catalyst_id
  left join ${sessions} s on s.session = c.session and c.kind = 'early_close'
  order by c.session, occurred_at, c.catalyst_id`

/** A figure in the unit that its kind declares. */
const unitOf = ({ kind }: Row) => catalystKinds.find((each) => each.kind === kind)?.unit
const ofKind: Column['write'] = (value, row, say) => inUnit(value, unitOf(row), say)
const changeOfKind: Column['write'] = (value, row, say) => changeInUnit(value, unitOf(row), say)

/** A figure in the unit of its series. */
const ofSeries: Column['write'] = (value, { unit }, say) => inUnit(value, String(unit), say)
const changeOfSeries: Column['write'] = (value, { unit }, say) => changeInUnit(value, String(unit), say)

export const catalystsSection = (own: string): Section => ({
  id: 'catalysts',
  title: 'section_catalysts',
  exhibits: [
    {
      id: 'timeline',
      title: 'exhibit_timeline',
      sql: hitsWithImpact([own]),
      columns: {
        occurred_at: { label: 'column_when', format: 'instant' },
        kind: { label: 'column_kind', format: 'name' },
        title: { label: 'column_what', format: 'told' },
      },
      chart: {
        unit: 'unit_new_york',
        value: 'occurred_at',
        fewest: 1,
        draw: timeline,
        alternative: timelineText,
      },
    },
    {
      id: 'hits',
      title: 'exhibit_hits',
      note: 'note_hits',
      areCards: true,
      sql: hitsWithImpact([own]),
      columns: {
        occurred_at: { label: 'column_when', format: 'instant' },
        title: { label: 'column_what', format: 'told' },
        scheduled_at: { label: 'column_was_due', format: 'instant' },
        delay_days: { label: 'column_days_late', format: 'count' },
        actual: { label: 'column_actual', format: 'number', write: ofKind },
        consensus: { label: 'column_expected', format: 'number', write: ofKind },
        surprise: { label: 'column_surprise', format: 'number', write: changeOfKind },
        standardized_surprise: { label: 'column_deviations', format: 'difference' },
        direction: { label: 'column_direction', format: 'name' },
        impact: { label: 'column_impact', format: 'told' },
        evidence: { label: 'column_evidence', format: 'evidence' },
      },
    },
    {
      id: 'intraday_reactions',
      title: 'exhibit_intraday_reactions',
      note: 'note_intraday_reactions',
      sql: sql`
        select title, occurred_at, symbol, return_before_30, return_after_5, return_after_30, return_after_60
        from ${catalystIntraday}
        where session = ${date(own)}
        order by occurred_at, catalyst_id`,
      columns: {
        occurred_at: { label: 'column_when', format: 'instant' },
        title: { label: 'column_what', format: 'told' },
        symbol: { label: 'column_symbol', format: 'text' },
        return_before_30: { label: 'column_before_30', format: 'change' },
        return_after_5: { label: 'column_after_minutes_5', format: 'change' },
        return_after_30: { label: 'column_after_minutes_30', format: 'change' },
        return_after_60: { label: 'column_after_minutes_60', format: 'change' },
      },
    },
    {
      id: 'coverage',
      title: 'exhibit_coverage',
      note: 'note_coverage',
      // Kinds with the same coverage share a row.
      sql: sql`
        select array_join(array_agg(c.kind order by c.kind), ',') as kind, c.is_covered, c.sources, f.covered_companies,
          c.uncovered_companies
        from ${catalystCoverage} c
        left join (${coveredCompanies([own])}
        ) f on f.session = c.session and f.kind = c.kind
        where c.session = ${date(own)}
        group by c.is_covered, c.sources, f.covered_companies, c.uncovered_companies
        order by case when c.is_covered then 1 when not c.is_covered then 2 else 3 end, kind`,
      columns: {
        kind: { label: 'column_kind', format: 'name' },
        is_covered: { label: 'column_covered', format: 'yes' },
        sources: { label: 'column_sources', format: 'text' },
        covered_companies: { label: 'column_covered_companies', format: 'companies' },
        uncovered_companies: { label: 'column_uncovered_companies', format: 'companies' },
      },
    },
    {
      id: 'timetable',
      title: 'exhibit_timetable',
      note: 'note_timetable',
      sql: sql`
        select t.known_at, t.release, t.reference_period, t.status, t.first_scheduled_at, t.scheduled_at, t.released_at, t.delay_days, t.source
        from ${macroTimetable} t
        join ${macroTimetable} r
          on r.release = t.release and r.reference_period = t.reference_period and r.status = 'released'
          and r.known_session = ${date(own)}
        where t.known_session <= ${date(own)}
        order by t.release, t.reference_period, t.known_at`,
      columns: {
        known_at: { label: 'column_known_from', format: 'instant' },
        release: { label: 'column_release', format: 'name' },
        reference_period: { label: 'column_period', format: 'date' },
        status: { label: 'column_status', format: 'name' },
        first_scheduled_at: { label: 'column_first_scheduled', format: 'instant' },
        scheduled_at: { label: 'column_scheduled', format: 'instant' },
        released_at: { label: 'column_released', format: 'instant' },
        delay_days: { label: 'column_days_late', format: 'count' },
      },
    },
    {
      id: 'revised',
      title: 'exhibit_revised',
      note: 'note_revised',
      sql: sql`
        select series, reference_period, vintage, is_first_print, figure, revision, unit, known_at
        from ${macroVintages}
        where known_session = ${date(own)}
        order by series, reference_period, known_at, source`,
      columns: {
        series: { label: 'column_series', format: 'text' },
        reference_period: { label: 'column_period', format: 'date' },
        figure: { label: 'column_figure', format: 'number', write: ofSeries },
        is_first_print: { label: 'column_first_print', format: 'yes' },
        revision: { label: 'column_revision', format: 'number', write: changeOfSeries },
        known_at: { label: 'column_known_from', format: 'instant' },
      },
    },
    {
      id: 'reactions',
      title: 'exhibit_reactions',
      note: 'note_reactions',
      areCards: true,
      sql: reactions(own),
      columns: {
        symbol: { label: 'column_symbol', format: 'text' },
        timing: { label: 'column_timing', format: 'name' },
        revenue_surprise: { label: 'column_revenue_surprise', format: 'change' },
        eps_surprise: { label: 'column_eps_surprise', format: 'change' },
        guidance_surprise: { label: 'column_guidance_surprise', format: 'change' },
        revenue_growth: { label: 'column_revenue_growth', format: 'change' },
        revenue_acceleration: { label: 'column_acceleration', format: 'percentage_points' },
        gap_return: { label: 'column_gap', format: 'change' },
        open_to_close_return: { label: 'column_open_to_close', format: 'change' },
        close_return: { label: 'column_close_return', format: 'change' },
        is_sell_the_news: { label: 'column_sold', format: 'yes' },
      },
    },
    {
      id: 'topics',
      title: 'exhibit_topics',
      note: 'note_topics',
      sql: sql`
        select t.speaker, t.topic, t.sentence_count, t.per_1000_words, t.score_percentile, t.novelty
        from ${speechTopics} t
        join ${catalystsBySession} c on c.session = ${date(own)} and c.kind = 'fed_speech' and c.catalyst_id like '%' || t.speech_id
        where t.sentence_count > 0
        order by t.speaker, t.per_1000_words desc, t.topic`,
      columns: {
        speaker: { label: 'column_speaker', format: 'text' },
        topic: { label: 'column_topic', format: 'name' },
        sentence_count: { label: 'column_sentences', format: 'count' },
        per_1000_words: { label: 'column_per_1000', format: 'number' },
        score_percentile: { label: 'column_percentile', format: 'share' },
        novelty: { label: 'column_novelty', format: 'share' },
      },
    },
  ],
})
