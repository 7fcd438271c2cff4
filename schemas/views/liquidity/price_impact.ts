import { boolean, date, double, string } from '../../column.ts'
import { impactCalibrations } from '../../impact.ts'
import { orderUsd } from '../../thresholds.ts'
import { defineView, join, raw, sql } from '../../view.ts'
import { marketDepthState } from './market_depth_state.ts'

const usd = { unit: 'USD' }

const calibrations = join(
  impactCalibrations.map(({ name, normalDepth, form, gamma, k, unusableDepth, isDefault }) =>
    raw(
      `('${name}', ${normalDepth.toExponential()}, '${form}', ${gamma.toExponential()}, ${k.toExponential()}, ${unusableDepth.toExponential()}, ${isDefault})`,
    ),
  ),
  ',\n',
)

export const priceImpact = defineView({
  name: 'price_impact',
  doc: 'One row per instrument, session, source and calibration: an illustrative estimate of how far an order of $100 m would move the price.',
  grain: ['instrument', 'session', 'source', 'calibration'],
  columns: {
    instrument: string('Sampled instrument, such as ES.'),
    session: date('XNYS session.'),
    source: string('Source of the depth.'),
    calibration: string(
      'Functional form and normal depth. It is illustrative: it is fitted to two figures of one published explanation.',
    ),
    is_default: boolean('True for the calibration to quote: linear, with a normal depth of $25 m.'),
    normal_depth_usd: double('Depth at which the order costs 10 basis points.', usd),
    form: string('`square_root`, `linear`, `fitted_power` or `linear_with_unusable_depth`.'),
    gamma: double('Exponent of the functional form.', { unit: 'ratio' }),
    k_bps: double('Impact of an order as large as the usable depth.', { unit: 'basis points' }),
    unusable_depth_usd: double('Part of the quoted depth that cannot be traded.', usd),
    order_usd: double('Size of the order.', usd),
    depth_usd: double('Top-of-book depth.', usd),
    impact_bps: double.nullable('k_bps (order / usable depth)^gamma. NULL if no depth is usable.', {
      unit: 'basis points',
    }),
  },
  sql: sql`
    with calibrations as (
      select *
      from (values
        ${calibrations}
      ) as v (calibration, normal_depth_usd, form, gamma, k_bps, unusable_depth_usd, is_default)
    )
    select
      d.instrument, d.session, d.source, c.calibration, c.is_default, c.normal_depth_usd, c.form, c.gamma, c.k_bps, c.unusable_depth_usd,
      ${raw(orderUsd.toExponential())} as order_usd,
      d.depth_usd,
      case
        when d.depth_usd > c.unusable_depth_usd
        then c.k_bps * power(${raw(orderUsd.toExponential())} / (d.depth_usd - c.unusable_depth_usd), c.gamma)
      end as impact_bps
    from ${marketDepthState} d
    cross join calibrations c
    where d.depth_usd is not null
  `,
})
