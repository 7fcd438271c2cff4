import { bigint, date, string } from '../../column.ts'
import { catalysts } from '../../tables/catalysts.ts'
import { earlierCatalysts } from '../../tables/earlier_catalysts.ts'
import { defineView, sql } from '../../view.ts'

export const catalystRuleChanges = defineView({
  name: 'catalyst_rule_changes',
  doc: 'One row per kind, earlier rule version, entity and occurrence for which that version and the current one give different tags on the same data.',
  grain: ['kind', 'earlier_version', 'entity', 'occurred_on', 'catalyst_id'],
  role: 'fact',
  columns: {
    kind: string('Catalyst kind.'),
    earlier_version: bigint('The earlier version of the rule.'),
    rule_version: bigint('Present version.'),
    entity: string('The subject of the event.'),
    occurred_on: date('UTC day of the occurrence.'),
    catalyst_id: string(
      'Identifier in the current version. If the current version has none, the identifier in the earlier one.',
    ),
    change: string('Change from the earlier version to the current one: `added`, `removed` or `retagged`.'),
    earlier_tags: string.nullable('Tags of the earlier version.'),
    tags: string.nullable('Tags of the current version.'),
    earlier_evidence: string.nullable('Evidence of the earlier version.'),
    evidence: string.nullable('Evidence of the current version.'),
  },
  // Identifiers may differ between versions, so occurrences are matched by kind, entity and day.
  sql: sql`
    with present as (
      select * from (
        select c.*, row_number() over (partition by catalyst_id order by known_at desc) as age from ${catalysts} c
      ) as states
      where age = 1 and occurred_at is not null
    ),
    former as (
      select * from (
        select c.*, row_number() over (partition by catalyst_id, rule_version order by known_at desc) as age from ${earlierCatalysts} c
      ) as states
      where age = 1 and occurred_at is not null
    ),
    versions as (
      select f.kind, f.rule_version as earlier_version, max(p.rule_version) as rule_version
      from former f
      join present p on p.kind = f.kind
      group by f.kind, f.rule_version
    ),
    wanted as (
      select v.kind, v.earlier_version, v.rule_version, p.entity, p.occurred_at, p.catalyst_id, p.tags, p.evidence
      from versions v
      join present p on p.kind = v.kind
    ),
    compared as (
      select
        coalesce(w.kind, f.kind) as kind,
        coalesce(w.earlier_version, f.rule_version) as earlier_version,
        coalesce(w.entity, f.entity) as entity,
        coalesce(w.occurred_at, f.occurred_at) as occurred_at,
        coalesce(w.catalyst_id, f.catalyst_id) as catalyst_id,
        case when f.catalyst_id is null then 'added' when w.catalyst_id is null then 'removed' else 'retagged' end as change,
        f.tags as earlier_tags, w.tags as tags, f.evidence as earlier_evidence, w.evidence as evidence
      from wanted w
      full join former f
        on f.kind = w.kind and f.rule_version = w.earlier_version and f.entity = w.entity and f.occurred_at = w.occurred_at
    )
    select
      c.kind, c.earlier_version, v.rule_version, entity, cast(occurred_at as date) as occurred_on, catalyst_id, change,
      earlier_tags, tags, earlier_evidence, evidence
    from compared c
    join versions v on v.kind = c.kind and v.earlier_version = c.earlier_version
    where change <> 'retagged' or earlier_tags is distinct from tags
  `,
})
