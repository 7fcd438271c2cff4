import { near, type Topic, terms } from '../topic.ts'

const assets =
  '(?:assets?|house|home|housing|equit(?:y|ies)|stocks?|share|property|real estate|CRE|land|farmland|bonds?|securit(?:y|ies)|commodity|collateral|loans?)'
const levels =
  '(?:elevated|stretched|high|low|lofty|rich|compressed|tight|narrow(?:ed|er|ing)?|wid(?:e|en|ened|ening|er)|ris(?:e|es|ing|en)|rose|fall(?:s|en|ing)?|fell|declin(?:e|es|ed|ing)|drop(?:s|ped)?|increas(?:e|es|ed|ing)|surg(?:e|es|ed|ing)|plung(?:e|ed|ing)|gains?|exceed(?:s|ed)?|peak(?:s|ed)?|excess(?:es|ive)?|tightened|moderate|unusually|benchmarks?|sell-?off|correction|rally|rallied|volatile|volatility|(?:out|under)perform(?:ed|ing)?|(?:little )?changed)'

export const assetValuations: Topic = {
  name: 'asset_valuations',
  doc: 'Level, direction or sustainability of asset prices, risk premia and spreads; risk appetite; bubbles and policy towards them.',
  homonyms: [
    /\bterm premi(um|a|ums)\b/gi,
    /\b(consumer|commodity|goods|import|energy|oil|food|gasoline) prices?\b/gi,
    /\b(crypto|bitcoin|token|stablecoin)[- ]?(asset)?s? (prices?|values?|valuations?)\b/gi,
    /\binterbank spreads?\b/gi,
    /\bfair[- ]values?\b|\b(net|gross) asset values?\b|\bvalue of (these|those|their|its|the) assets\b/gi,
    /\bbid-?\s?ask(ed)? spreads?\b/gi,
    /\bbook values?\b/gi,
    /\binflation risk premi\w+\b/gi,
    // How much risk a firm itself decides to take.
    /\brisk appetite (frameworks?|statements?|and (control|limits))\b|\b(judgments about|set(s|ting)?|approv\w+|articulat\w+) (the |their |its )?(firm's |board's )?risk appetite\b/gi,
  ],
  rules: [
    {
      id: 'asset_price',
      pattern: terms(
        `${assets} (?:market )?(?:prices?|values?|valuations?|price (?:appreciation|bubbles?|declines?|growth|increases?|index(?:es)?))`,
        `prices? of (?:\\w+ ){0,4}(?:homes?|houses?|housing|stocks?|assets?|securities|equities|collateral|real estate|propert(?:y|ies)|bonds|shares|loans|instruments|tranches)`,
        'secondary market (?:\\w+ )?prices',
        '(?:loan|debt|credit|security|share) prices',
        `value of (?:\\w+ ){0,3}(?:homes?|houses?|stocks?|assets|equities|real estate)`,
        `${assets} (?:market )?(?:appreciation|run-?ups?|boom|bust|returns)`,
        `(?:risky|riskier|financial) asset (?:prices?|values?|markets?)`,
        'collateral values?',
        'price (?:declines?|drops?|corrections?|collapses?|run-?ups?|reversals?) in (?:\\w+ ){0,3}(?:markets?|assets?|housing|real estate|equities)',
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
      id: 'spreads',
      pattern: near('spreads', levels, 5),
      unless: terms(
        'IORB',
        'EFFR',
        'LIBOR',
        'OIS',
        'repo',
        'interbank',
        'federal funds',
        'money market',
        'commercial paper',
        'swap',
        'bid',
        'funding markets?',
        'deposits?',
        'cost of funds',
        'loan officers?',
        'SLOOS',
      ),
    },
    {
      id: 'market_prices',
      pattern: near(
        '(?:prices|price (?:pressures|declines))',
        '(?:investors?|redemptions?|market liquidity|selling|valuation pressures|risk appetite)',
        12,
      ),
      unless: terms('inflation', 'consumer', 'tariffs?', 'crypto\\w*', 'extend credit'),
    },
    {
      id: 'housing_cycle',
      pattern: terms(
        '(?:housing|real estate|property|house price) (?:market )?(?:corrections?|booms?|busts?|downturns?|slumps?|cycles?|collapse)',
        '(?:housing|asset) booms?',
        'boom (?:and )?bust',
      ),
    },
    {
      id: 'risk_appetite',
      pattern: terms(
        'risk appetite',
        '(?:investor|market|risk) sentiment',
        '(?:stock|equity|bond|asset) (?:market |price )?(?:crash(?:es)?|sell-?offs?|rall(?:y|ies)|corrections?)',
        'speculative (?:excess(?:es)?|fervor|activity|behavior|buying)',
        'richly (?:valued|priced)',
        'housing wealth',
        '(?:demand for|prices of|investment in) (?:\\w+ )?(?:risky|riskier) assets',
        '(?:implied|equity|stock market|stock price) volatility',
        'VIX',
        'repric(?:ed|ing)',
        '(?:investors?|markets?) (?:\\w+ ){0,4}complacen(?:t|cy)',
        '(?:excessive|greater|increased|more aggressive) risk taking',
        'willing to (?:bear|take on|take|hold) (?:\\w+ )?risks?',
        'investors? (?:demand|requir)\\w* (?:\\w+ ){0,3}(?:compensation|premi\\w+|yields?|returns?)',
        'appetite for (?:\\w+ )?risk(?:s|y assets|ier assets)?',
        'investor (?:optimism|exuberance|euphoria)',
        'reach(?:ing)? for yield',
        'search(?:ing)? for yield',
        '(?:volatility|turbulence) (?:in|across|of) (?:\\w+ ){0,5}(?:asset|equity|stock) (?:markets|prices)',
        'disorderly (?:fall|decline|drop|repricing|correction)',
        'flight from risk',
        '(?:greater|heightened|increased|less|reduced|more) risk aversion|risk aversion',
        'risk taking in financial markets',
        'willingness to (?:bear|take on?) risks?',
      ),
    },
    {
      id: 'bubble',
      pattern: terms(
        '(?:asset |credit |housing |speculative |stock |market |equity )?bubbles?',
        'irrational exuberance',
        'booms? and busts?',
        'asset price (?:\\w+ )?(?:swings?|cycles?|misalignments?)',
        '(?:wealth|market) (?:losses|effects?) from (?:\\w+ ){0,3}(?:stock|house|home|equity|asset)',
        'exuberan(?:t|ce)',
        'froth(?:y)?',
        'mispric(?:ed|ing)',
        'overheat(?:ed|ing)? (?:asset|housing|credit|market)',
        "asset's price",
      ),
    },
    {
      id: 'overheating',
      pattern: near(
        'overheat\\w*',
        '(?:credit|bond|junk|asset|assets|housing|equity|stock|loan|debt) (?:bond )?markets?',
        4,
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
        '(?:broad )?(?:equit(?:y|ies)|stocks?)(?: price)? (?:markets?|index(?:es)?|indices)|S&P 500|stock market|housing market|(?:bank|technology|growth|value|small cap) stocks',
        levels,
        10,
      ),
    },
  ],
}
