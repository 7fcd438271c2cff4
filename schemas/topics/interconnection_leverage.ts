import { near, type Topic, terms } from './topic.ts'

const nonbanks =
  '(?:non-?banks?|NBFIs?|hedge funds?|dealers?|broker dealers?|leveraged investors?|asset managers?|private funds?|pension funds?|insur(?:ers?|ance compan(?:y|ies))|investment funds?|shadow bank(?:s|ing)?|mortgage (?:companies|firms|servicers?|originators?)|servicers?|family offices?)'
const weakness =
  '(?:leverag(?:e|ed|ing)|deleverag(?:e|ing)|vulnerab(?:le|ility|ilities)|exposures?|stress(?:es|ed)?|distress|losses|fail(?:s|ed|ures?)?|default(?:s|ed)?|risks?|fragil(?:e|ity|ities)|unwind(?:s|ing)?|amplif(?:y|ies|ied)|concentrat(?:ed|ions?)|fire sales?|spillovers?|linkages?|ties|risky assets|nontraditional liabilities|liquidity (?:mismatch(?:es)?|transformation))'

export const interconnectionLeverage: Topic = {
  name: 'interconnection_leverage',
  doc: 'Links between banks and nonbanks, counterparty risk, contagion, leverage and vulnerability of nonbanks and dealers, nonbank mortgage firms.',
  homonyms: [
    /\b(supplementary |enhanced |tier 1 |tier one )*leverage (capital )?(ratios?|requirements?|standards?|rules?|constraints?|exposures?|buffers?|surcharge)\b/gi,
    /\beSLR\b|\bSLR\b/g,
    /\bleveraged? (and syndicated )?(syndicated )?(loans?|lending|buyouts?|buy-outs?)\b/gi,
    /\b(to|can|could|by|and|will) leverag(e|ing) (our|their|its|the|these|this|technolog|data|existing)\b/gi,
    /\bcounterparts?\b(?!y|ies)/gi,
    /\bnonbank money\b/gi,
    /\b(household|homeowner|student|consumer)s?('s?)? leverage\b/gi,
  ],
  rules: [
    {
      id: 'interconnection',
      pattern: terms(
        'interconnect(?:ed|ions?|edness|s)',
        'interlink(?:ed|ages?)',
        'interdependen(?:t|ce|cies)',
        'linkages? (?:between|among|with|across)',
        'intertwined',
      ),
      unless: terms('payments? systems?', 'collaborat(?:e|ions?)'),
    },
    {
      id: 'contagion',
      pattern: terms(
        'contagio(?:n|us)',
        'domino',
        'cascad(?:e|es|ing)',
        'knock on effects?',
        'too big to fail',
        'too interconnected',
      ),
      unless: terms('COVID', 'virus', 'house prices', 'homes'),
    },
    {
      id: 'spillover',
      pattern: near(
        'spillovers?|spill(?:s|ed|ing)? over',
        '(?:financial (?:system|institutions?|sector)|banks?|banking|the system|counterparties)',
        10,
      ),
    },
    {
      id: 'counterparty',
      pattern: terms('counterpart(?:y|ies)'),
      with: terms(
        'risks?',
        'credit',
        'exposures?',
        'losses',
        'default(?:s|ed)?',
        'distress',
        'fail(?:ure|ed|s)?',
        'margin(?:s|ing)?',
        'stability',
        'dealers?',
        'leverag(?:e|ed)',
        'trad(?:es?|ing)',
      ),
    },
    {
      id: 'leverage',
      pattern: terms(
        '(?:excessive |financial |embedded |synthetic |high |higher |hidden |highly )leverag(?:e|ed)',
        'leverage (?:cycles?|of|in|at|among|across|employed|used|taken)',
        'leveraged (?:positions?|investors?|funds?|players?|strateg(?:y|ies)|institutions?|financial|trad(?:es?|ing))',
        'deleverag(?:e|ing)',
      ),
      unless: terms('households?', 'homeowners?', 'businesses', 'nonfinancial'),
    },
    { id: 'nonbank_leverage', pattern: near(nonbanks, 'leverag(?:e|ed|ing)|deleverag(?:e|ing)', 14) },
    { id: 'nonbank_weakness', pattern: near(nonbanks, weakness, 12), unless: terms('business loans?') },
    {
      id: 'bank_nonbank',
      pattern: near(
        "banks?'?|banking(?: system| sector)?",
        "(?:non-?bank(?:s|'s)?(?: financial \\w+)?|NBFIs?|hedge funds?|shadow bank(?:s|ing)?|private equity|private credit)",
        10,
      ),
      with: terms(
        'lend(?:ing|s)?',
        'loans? to',
        'exposures?',
        'exposed',
        'links?',
        'ties',
        'linkages?',
        'connect\\w*',
        'partner\\w*',
        'depend\\w*',
        'rel(?:y|ies|iance)',
        'credit lines?',
        'lines of credit',
        'spill\\w*',
        'risks?',
        'fund(?:s|ed|ing)?',
        'relationships?',
        'activity',
      ),
    },
    {
      id: 'bank_exposure',
      pattern: terms("(?:large |some |many )?banks'? (?:growing |rising |indirect |direct )?exposures? to"),
      with: terms(
        'sector',
        'funds?',
        'lenders?',
        'financial',
        'intermediar\\w+',
        'private',
        'insurers?',
        'non-?banks?',
      ),
    },
    {
      id: 'liquidity_transformation',
      pattern: terms('liquidity (?:transformation|mismatch(?:es)?)'),
      with: terms('funds?', 'non-?banks?', 'vehicles?'),
    },
    {
      id: 'basis_trade',
      pattern: terms(
        'basis trades?',
        'relative value (?:trades?|strateg(?:y|ies))',
        'cash futures',
        'prime broker(?:s|age)?',
        'carry trades?',
        'total return swaps?',
        'initial margins?',
        'margin calls?',
      ),
    },
    {
      id: 'nonbank_mortgage',
      pattern: terms(
        'non-?bank mortgage \\w+',
        'mortgage (?:companies|servicers?)',
        'non-?bank (?:servicers?|originators?)',
      ),
    },
    {
      id: 'systemic',
      pattern: terms(
        'systemic(?:ally)? (?:risks?|important (?:non-?banks?|institutions?|financial)|consequences|failure|events?)',
        'shadow bank(?:s|ing)?',
        'Archegos',
        'Long Term Capital Management',
        'LTCM',
        'non-?bank financial (?:institutions?|sector|intermediation|system|firms?|companies)',
        'NBFI',
      ),
      unless: terms('capital surcharge', 'buffer'),
    },
    {
      id: 'transmission',
      pattern: near(
        'spread|transmi\\w+|propagat\\w+|ripple',
        '(?:crisis|crises|stress|distress|shocks?|turmoil|failures?|losses)',
        6,
      ),
      with: terms('financial', 'banks?', 'institutions?', 'markets?', 'counterparties'),
    },
    {
      id: 'common_exposure',
      pattern: terms(
        'common exposures?',
        'correlated (?:exposures?|positions?|losses)',
        'crowded (?:trades?|positions?)',
        'concentrat(?:ion|ions|ed) (?:of|in) (?:risks?|exposures?|positions?)',
        'unwind(?:ing)? (?:of )?(?:\\w+ )?positions',
      ),
    },
    {
      id: 'risk_transfer',
      pattern: terms(
        'credit default swaps?',
        'credit risk transfers?',
        'synthetic risk transfers?',
        'off balance sheet (?:vehicles?|conduits?|exposures?|entities)',
        'special purpose (?:vehicles?|entities)',
        'structured investment vehicles?',
        'SIVs?',
        'derivatives (?:exposures?|positions?|counterparties)',
        'central counterpart(?:y|ies)',
        'CCPs?',
        'clearing-?houses?',
      ),
    },
    {
      id: 'client_exposure',
      pattern: near('exposures?|positions?', '(?:trading |large )?(?:clients?|customers?)', 8),
      with: terms('banks?', 'dealers?'),
    },
  ],
}
