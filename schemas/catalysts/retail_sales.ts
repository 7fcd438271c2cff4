import { releaseCatalyst } from './shared/release.ts'

export const retailSales = releaseCatalyst(
  'retail_sales',
  'Advance retail sales: monthly change, first print, against the consensus known before it.',
)
