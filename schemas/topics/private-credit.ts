import { near, type Topic, terms } from '../topic.ts'

const lending = '(?:loans?|lend(?:ing|ers?)|credit|debt|financing|borrow(?:ers?|ing))'
const businesses =
  '(?:business(?:es)?|firms?|corporat(?:e|ions?)|compan(?:y|ies)|middle market|commercial (?:and industrial )?borrowers?|private equity)'

export const privateCredit: Topic = {
  name: 'private_credit',
  doc: 'Nonbank loans to businesses: private credit and debt funds, direct lending, business development companies, and exposures to them.',
  homonyms: [
    // Credit to the private sector, public and private credit together, and primary credit (the discount window) are
    // other subjects.
    /\bprivate[- ]sector (credit|debt)\b/gi,
    /\bprimary credit\b/gi,
    /\b(public|government) and private (credit|debt)\b(?! markets)/gi,
  ],
  rules: [
    { id: 'private_credit', pattern: terms('private credit(?! markets)', "private credit's") },
    {
      id: 'private_credit_markets',
      pattern: terms('private credit markets'),
      with: terms(
        'funds?',
        'nonbanks?',
        'lenders?',
        'insurers?',
        'grow(?:s|n|th|ing)',
        'grew',
        'opaque',
        'investors?',
        'issuance',
        'broadly syndicated',
      ),
      unless: terms('flow of credit', 'facilit(?:y|ies)', 'asset purchases', 'functioning of'),
    },
    {
      id: 'private_debt',
      pattern: terms(
        'private debt (?:funds?|strateg(?:y|ies)|managers?|lenders?|markets?)',
        'private (?:equity|credit) and (?:private )?(?:credit|debt) funds?',
      ),
    },
    {
      id: 'direct_lending',
      pattern: terms('direct lend(?:ers?|ing)'),
      unless: terms('government', 'students?', 'Federal Reserve', 'households?'),
    },
    { id: 'business_development_company', pattern: terms('business development compan(?:y|ies)', 'BDCs?') },
    { id: 'payment_in_kind', pattern: terms('payments? in kind', 'PIK') },
    {
      id: 'private_loan',
      pattern: terms(
        'private(?:ly)? (?:negotiated |placed |originated )?(?:corporate |business |middle market )(?:loans?|debt|credit|lending)',
        'unitranche',
        'middle market (?:loans?|lend(?:ing|ers?))',
      ),
    },
    {
      id: 'nonbank_business_loan',
      pattern: near(
        'non-?banks?(?: financial (?:institutions?|intermediar(?:y|ies)))?|nondepository financial institutions?|NDFIs?|NBFIs?',
        `${lending}(?: \\w+){0,4} (?:to|for|of)(?: \\w+){0,3} ${businesses}|${businesses}`,
        8,
      ),
      with: terms(lending),
      unless: terms('mortgage'),
    },
    {
      id: 'nonbank_lenders',
      pattern: terms('non-?bank lend(?:ers?|ing)'),
      unless: terms('mortgages?', 'households?', 'consumers?', 'auto', 'students?', 'home'),
    },
    {
      id: 'insurer_private_assets',
      pattern: near(
        '(?:life )?insur(?:ers?|ance compan(?:y|ies))',
        '(?:private|illiquid|alternative) (?:credit|debt|placements?|assets?|loans?)',
        14,
      ),
    },
  ],
}
