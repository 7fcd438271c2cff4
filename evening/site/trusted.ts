/** The notices and the footer of a site: how old its data are, which sources are behind, and the terms of the sources. */
import { html } from 'hono/html'
import { version } from '../../core/version.ts'
import type { Lake } from '../../pipeline/lake/lake.ts'
import { askOnce } from '../gather.ts'
import type { Html } from '../html/exhibit.ts'
import { exhibitQueries } from '../html/gather-report.ts'
import { sampleNotice } from '../html/sample-notice.ts'
import { type SourcesOf, sourcesOf } from '../html/sources.ts'
import { trustOf } from '../html/trust.ts'
import { banner, earlierBanner, steadyBanner, termsHtml } from '../html/trust-html.ts'
import { type Language, saying } from '../language/language.ts'
import type { Staleness } from '../staleness.ts'
import { siteQueries } from './gather-site.ts'
import { anySession } from './kept.ts'
import type { Base } from './pages.ts'

export interface Trusted {
  /** For all pages but the first one and those of evenings. */
  readonly base: Base
  /** For the first page. It says how many sessions a stale lake is behind, and is written again when the number changes. */
  readonly index: Base
  /** For the page of an evening. */
  readonly warningOf: (session: string) => Html | ''
  readonly sources: SourcesOf
  readonly stale?: Staleness
}

export const trustedOf = async (
  lake: Lake,
  {
    latest,
    notice,
    language,
  }: { readonly latest: string; readonly notice: string | undefined; readonly language: Language },
): Promise<Trusted> => {
  const say = saying(language)
  const queries = [...siteQueries, ...exhibitQueries(anySession)]
  const trust = await trustOf(lake, askOnce(lake), { session: latest, notice })
  const sources = await sourcesOf(lake, queries)
  const sample = sampleNotice(notice, language)
  const warning = steadyBanner(trust, say)
  // The instant would be another one each time, and all pages would be written again.
  const made = say('site_made', { version, session: latest })
  const terms = termsHtml(
    say('site_terms'),
    queries.flatMap((query) => sources(query)),
    say,
  )
  const footer = html`<footer class="quiet"><p>${say('footer_time')}</p><p>${made}</p>
${terms}</footer>`
  const { stale } = trust
  return {
    base: { language, footer, notice: html`${sample}${warning}` },
    index: { language, footer, notice: html`${sample}${banner(trust, say)}` },
    warningOf: (session) => (session === latest ? warning : earlierBanner(trust, session, say)),
    sources,
    ...(stale ? { stale } : {}),
  }
}
