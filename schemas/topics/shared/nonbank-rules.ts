/** Rules of the topic `interconnection_leverage` for nonbanks: their links with banks, their leverage and their weak points. */
import { near, type TopicRule, terms } from '../../topic.ts'

const nonbanks =
  '(?:non-?banks?|NBFIs?|hedge funds?|dealers?|broker dealers?|leveraged investors?|asset managers?|asset management (?:industry|sector|activities|firms)|private funds?|pension funds?|insur(?:ers?|ance compan(?:y|ies))|investment funds?|shadow bank(?:s|ing)?|mortgage (?:companies|firms|servicers?|originators?)|servicers?|family offices?|(?:private equity|securities) (?:firms|funds)|investment banks?|(?:open end|mutual|bond|money market|money) (?:mutual )?funds?|principal trading firms?|finance companies)'
const weakness =
  '(?:leverag(?:e|ed|ing)|deleverag(?:e|ing)|vulnerab(?:le|ility|ilities)|exposures?|stress(?:es|ed)?|distress|losses|fail(?:s|ed|ures?)?|default(?:s|ed)?|risks?(?! management)|fragil(?:e|ity|ities)|unwind(?:s|ing)?|amplif(?:y|ies|ied)|concentrat(?:ed|ions?)|fire sales?|spillovers?|linkages?|ties|risky assets|nontraditional liabilities|liquidity (?:mismatch(?:es)?|transformation)|forced (?:to sell|sales?|selling|liquidations?)|liquidat(?:e|ed|ing|ions?)|sell-?offs?|insolven(?:t|cy)|collaps(?:e|ed)|opaque|opacity|(?:stability |prudential )?concerns?|interconnect\\w+)'

export const nonbankRules: readonly TopicRule[] = [
  {
    // One kind of institution lends to another kind.
    id: 'institution_link',
    pattern: near(
      '(?:broker )?dealers?|dealer banks?|prime brokers?|banks?',
      'hedge funds?|money (?:market )?(?:mutual )?funds?|insurers?|insurance compan(?:y|ies)|mortgage companies|investment funds?|pension funds?|private (?:equity|debt) funds?|structured (?:investment )?vehicles?|finance companies|securities (?:firms|lenders)',
      11,
    ),
    with: terms(
      'lend(?:s|ing)?',
      'lent',
      'loans? to',
      'credit(?:ors)? (?:lines?|to)',
      'lines of credit',
      'exposures?',
      'exposed',
      'margin',
      'sponsor(?:s|ed)?',
      'invest(?:s|ed)? in',
      'counterpart(?:y|ies)',
    ),
    unless: terms('facilit(?:y|ies)', 'households?', 'consumers?', 'deposits?'),
  },
  { id: 'nonbank_leverage', pattern: near(nonbanks, 'leverag(?:e|ed|ing)|deleverag(?:e|ing)', 14) },
  {
    id: 'nonbank_weakness',
    pattern: near(nonbanks, weakness, 9),
    unless: terms('business loans?', 'hold to maturity', 'balance sheet capacity'),
  },
  {
    id: 'outside_of_regulation',
    pattern: terms(
      '(?:outside|out of|beyond|away from) (?:of )?(?:the )?(?:\\w+ ){0,2}(?:regulated|banking|bank) (?:\\w+ )?(?:sectors?|system|institutions|banks|perimeter|sphere|industry|intermediaries)',
      '(?:to|into|toward) (?:the )?(?:\\w+ )?(?:less|lightly|un)[- ]?regulated (?:\\w+ )?(?:sectors?|system|institutions|firms|entities|intermediaries|parts?|corners?)',
      '(?:to|into|toward) (?:the )?(?:shadows|shadow bank\\w*|non-?banks?|non-?bank (?:sector|financial \\w+|lenders|intermediaries))',
    ),
    with: terms(
      'risks?',
      'riskier',
      'runnable',
      'leverag\\w+',
      'vulnerab\\w+',
      'stability',
      'intermediation',
      'shadow\\w*',
      'migrat\\w+',
      'push\\w*',
      'driv\\w+',
      'shift\\w*',
    ),
  },
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
      'intermediat\\w+',
      'migrat\\w+',
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
    with: terms('sector', 'funds?', 'lenders?', 'financial', 'intermediar\\w+', 'private', 'insurers?', 'non-?banks?'),
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
      '(?:initial|variation) margins?',
      'margin (?:calls?|requirements?|practices|models?)',
      'margining',
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
]
