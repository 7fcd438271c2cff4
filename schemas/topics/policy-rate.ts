import { near, type Topic, terms } from '../topic.ts'

const rate =
  '(?:(?:the |our |its )?(?:policy |interest |federal funds |funds |target )(?:interest )?rates?|(?:the |our )?(?:target )?(?:range|target) for the federal funds rate|(?:the )?target range)'
const move =
  '(?:rais(?:e|es|ed|ing)|lower(?:s|ed|ing)?|cut(?:s|ting)?|hik(?:e|es|ed|ing)|hold(?:s|ing)?|held|reduc(?:e|es|ed|ing)|increas(?:e|es|ed|ing)|keep(?:s|ing)?|kept|maintain(?:s|ed|ing)?|adjust(?:s|ed|ing|ments?)?|mov(?:e|es|ed|ing)|leav(?:e|ing)|left)'

export const policyRate: Topic = {
  name: 'policy_rate',
  doc: 'Level, path and stance of the policy rate, cuts and hikes, neutral and restrictive, asset purchases as easing.',
  homonyms: [
    /\b(real|natural|neutral) (real )?(interest )?rate,? (is |can be )?(commonly |often |typically )?(defined|called|known)\b.*/gi,
    /\b(effective )?federal funds market\b|\b(control|administration) (of|over) the federal funds rate\b|\bfederal funds (futures|transactions|trading)\b/gi,
    /\b(mortgage|deposit|discount|repo|lending|loan|exchange|unemployment|inflation|tax|growth|savings?|primary credit|Treasury|long[- ]term|longer[- ]term|market) (interest )?rates?\b/gi,
    /\binterest[- ]rate[- ]risks?\b|\bmoney market rates?\b|\badministered rates?\b/gi,
  ],
  rules: [
    {
      id: 'policy_rate',
      pattern: terms(
        'policy (?:interest )?rates?',
        'federal funds rate',
        'funds rate',
        'target range',
        'neutral (?:rate|level|setting|stance)',
        'r\\*',
      ),
      unless: terms(
        'defined as',
        'definition',
        'ample reserves',
        'interest on reserve(?:s| balances)',
        'keep the federal funds rate (?:within|in)',
        'discount windows?',
        'primary credit',
        'administration of reserves',
        'TAF',
      ),
    },
    {
      id: 'rate_move',
      pattern: terms(
        'rate (?:cuts?|hikes?|increases?|reductions?|path|decisions?|lift-?off|adjustments?|moves?)',
        '(?:cutting|hiking|raising) cycle',
        'in favor of (?:this|the|a) (?:cut|hike|increase)',
        'lift-?off',
      ),
    },
    {
      id: 'move_rate',
      pattern: near(move, rate, 3),
      unless: terms('banks? (?:\\w+ )?(?:pay|charge|offer)', 'deposits?', 'lenders'),
    },
    { id: 'move_rates', pattern: terms(`${move} (?:the |our )?rates`) },
    {
      id: 'stance',
      pattern: terms(
        '(?:stance|path|direction|setting|normalization|course) (?:of|for) (?:our |the |U.S. )?(?:monetary )?policy',
        '(?:monetary )?policy (?:stance|path|tightening|easing|accommodation|normalization|adjustments?|restraint)',
        '(?:monetary )?policy (?:is|was|remains|has been|should be|must be|will be|needs to be) (?:\\w+ ){0,3}(?:restrictive|accommodative|tight\\w*|loose|neutral|appropriate|well positioned|eased|positioned)',
        'well positioned',
        'policy (?:would|will|should) (?:be|remain|depend)',
        '(?:is|be|remain|and) data dependent',
        '(?:restrictive|accommodative)',
        'monetary (?:tightening|easing|accommodation|restraint)',
        'tighten(?:ing|ed)? (?:of )?(?:monetary )?policy',
        'eas(?:e|ed|ing) (?:of )?(?:monetary )?policy',
        'tightening cycle',
        'easing cycle',
        'loosen(?:ing|ed)? (?:of )?(?:monetary )?policy',
        'at (?:or near |roughly )?neutral',
        '(?:more|further|additional|bit more) (?:policy )?(?:tightening|firming|easing)',
        'appropriate (?:monetary )?policy',
        'policy firming',
        'zero lower bound',
        'effective lower bound',
        'shadow rate',
      ),
    },
    {
      id: 'guidance',
      pattern: terms(
        'forward guidance',
        '(?:large scale |long term |longer term )(?:asset|securities) purchases',
        '(?:asset|securities) purchase programs?',
        'quantitative easing',
        'QE',
        'dot plot',
        'dots',
        'net asset purchases',
        'basis points (?:increase|cut|hike|reduction)s?',
      ),
      unless: terms('lessons from'),
    },
  ],
}
