import { releaseCatalyst } from './shared/release.ts'

export const grossDomesticProduct = releaseCatalyst(
  'gross_domestic_product',
  'Real GDP, first estimate: annualised growth over the quarter, against the consensus known before it.',
)
