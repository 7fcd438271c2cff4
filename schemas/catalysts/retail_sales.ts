import { releaseCatalyst } from './shared/release.ts'

export const retailSales = releaseCatalyst(
  'retail_sales',
  'Advance retail sales: the first print of their monthly change, against the consensus known before it.',
)
