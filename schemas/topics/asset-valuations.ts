import { near, type Topic, terms } from '../topic.ts'

const assets =
  '(?:assets?|house|home|housing|equit(?:y|ies)|stocks?|share|property|real estate|CRE|land|farmland|bonds?|securit(?:y|ies)|commodity|collateral)'
const levels =
  '(?:elevated|stretched|high|low|lofty|rich|compressed|tight|narrow(?:ed|er|ing)?|wid(?:e|en|ened|ening|er)|ris(?:e|es|ing|en)|rose|fall(?:s|en|ing)?|fell|declin(?:e|es|ed|ing)|drop(?:s|ped)?|increas(?:e|es|ed|ing)|surg(?:e|es|ed|ing)|plung(?:e|ed|ing)|gains?|sell-?off|correction|rally|rallied|volatile|volatility|(?:little )?changed)'

export const assetValuations: Topic = {
  name: 'asset_valuations',
  doc: 'Level, direction or sustainability of asset prices, risk premia and spreads; risk appetite; bubbles and policy towards them.',
  homonyms: [
    /\bterm premi(um|a|ums)\b/gi,
    /\b(consumer|commodity|goods|import|energy|oil|food|gasoline) prices?\b/gi,
    /\b(crypto|bitcoin|token|stablecoin)[- ]?(asset)?s? (prices?|values?|valuations?)\b/gi,
    /\binterbank spreads?\b/gi,
    /\bfair[- ]values?\b|\b(net|gross) asset values?\b|\bvalue of (these|those|their|its|the) assets\b/gi,
    /\bbid-?\s?ask spreads?\b/gi,
  ],
  rules: [
    {
      id: 'asset_price',
      pattern: terms(
        `${assets} (?:market )?(?:prices?|values?|valuations?|price (?:appreciation|bubbles?|declines?|growth|increases?|index(?:es)?))`,
        `prices? of (?:\\w+ ){0,3}(?:homes?|houses?|housing|stocks?|assets?|securities|equities|collateral|real estate)`,
        `value of (?:\\w+ ){0,3}(?:homes?|houses?|stocks?|assets|equities|real estate)`,
      ),
    },
    {
      id: 'valuation',
      pattern: terms(
        '(?:over|under)?valuations?(?: pressures?)?',
        'overvalued',
        'priced (?:for|to) perfection',
        'price to (?:earnings|rent|income|sales|dividend|book)',
        'price-(?:earnings|rent|income|dividend)',
        'P/E',
      ),
      unless: terms('hold to maturity', 'accounting', 'liabilities', 'mark to market', 'valuation adjustments?'),
    },
    {
      id: 'risk_premium',
      pattern: terms(
        '(?:risk|equity|credit|liquidity risk) premi(?:um|a|ums)',
        'compensation for (?:bearing )?(?:credit |market )?risk',
      ),
    },
    {
      id: 'spread',
      pattern: near(
        '(?:credit|corporate|bond|yield|risk|high yield|junk|mortgage|CRE|loan) spreads?|spreads? (?:on|of|for|between)(?: \\w+){0,4} (?:bonds?|yields?|securities|loans|debt)|spreads to (?:comparable )?(?:maturity )?Treasur(?:y|ies)',
        levels,
        12,
      ),
    },
    {
      id: 'risk_appetite',
      pattern: terms(
        'risk appetite',
        'appetite for (?:\\w+ )?risk(?:s|y assets|ier assets)?',
        'investor (?:optimism|exuberance|euphoria)',
        'reach(?:ing)? for yield',
        'search for yield',
        'risk taking in financial markets',
        'willingness to (?:bear|take on?) risks?',
      ),
    },
    {
      id: 'bubble',
      pattern: terms(
        '(?:asset |credit |housing |speculative |stock |market |equity )?bubbles?',
        'irrational exuberance',
        'exuberan(?:t|ce)',
        'froth(?:y)?',
        'mispric(?:ed|ing)',
        'overheat(?:ed|ing)? (?:asset|housing|credit|market)',
      ),
    },
    {
      id: 'property_losses',
      pattern: near(
        '(?:significant|large|potential|sizable|substantial|further) (?:\\w+ )?losses',
        '(?:CRE|commercial real estate|residential real estate|real estate|housing)',
        4,
      ),
    },
    {
      id: 'market_move',
      pattern: near(
        '(?:broad )?(?:equit(?:y|ies)|stocks?)(?: price)? (?:markets?|index(?:es)?|indices)|S&P 500|stock market|housing market',
        levels,
        6,
      ),
    },
  ],
}
