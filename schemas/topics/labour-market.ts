import { near, type Topic, terms } from '../topic.ts'

export const labourMarket: Topic = {
  name: 'labour_market',
  doc: 'Jobs, wages, unemployment, participation, vacancies.',
  homonyms: [
    /(?<!\brisks? to (the |our |the FOMC's |its )?)(?<!\b(near|at|close to|far from|short of|beyond|above|below) (its )?)\b(maximum|full|maximum sustainable|maximum and sustainable|sustainable)[- ](sustainable )?employment\b/gi,
    /(?<!\brisks? to (the |our |the FOMC's |its )?(maximum[- ])?)\bemployment (mandate|goal|objective|side of (the|our) mandate)\b/gi,
    /\blabou?r productivity\b|\blabou?r-saving\b|\bDepartment of Labor\b|\bBureau of Labor Statistics\b/gi,
    /\b(my|our|your|their|the Fed's|its|good|great|this|Fed's|chairman's|a|the) job\b(?! (market|gains?|growth|losses|openings?|report|creation|data))/gi,
    /\bjob (is|of) (to|the)\b/gi,
    /\bnatural rate of unemployment\b/gi,
    // The usual words on why price stability matters.
    /\b(sustained|long) periods? of strong labou?r market conditions\b/gi,
    /(?<!\brisks? to (achieving )?(the |our |its )?(Committee's )?)\b(employment and inflation|inflation and employment) (objectives|goals|mandates)\b/gi,
  ],
  rules: [
    {
      id: 'labour_market',
      pattern: terms(
        'labou?r (?:markets?|force|demand|supply|shortages?|costs?|compensation|conditions|hoarding|share)',
        'job market',
        'employment (?:growth|gains?|report|cost index|situation|data|conditions|population|levels?|outlook|picture|to population|reports|rate|rose|fell)',
      ),
    },
    {
      id: 'jobs',
      pattern: terms(
        'jobs?',
        'job (?:gains?|growth|loss(?:es)?|openings?|reports?|creation|seekers?|finders?|cuts?|vacancies)',
        "jobs'? report",
        'payrolls?',
        'nonfarm',
        'hir(?:ing|es)',
        'layoffs?',
        'quits?(?: rate)?',
        'vacanc(?:y|ies)',
        'Beveridge',
        'jobless(?: claims)?',
        'claims for unemployment',
      ),
      unless: terms('job-?search for leaders'),
    },
    {
      id: 'unemployment',
      pattern: terms(
        'unemploy(?:ed|ment)',
        'underemploy(?:ed|ment)',
        '(?:labou?r force )?participation (?:rates?|in the labou?r)',
        'losses in employment',
        '(?:labou?r market |degree of |amount of |remaining |economic |resource )*slack',
        '(?:under)?utilization of labou?r(?: resources)?',
        'maximum employment has been (?:reached|attained)',
        'employment (?:fell|rose|declined|increased|remains?|has|is|was)',
      ),
    },
    {
      id: 'wages',
      pattern: terms('wages?', 'hourly earnings', 'compensation (?:growth|per hour|costs?)', 'wage growth', 'ECI'),
    },
    {
      id: 'workers',
      pattern: near(
        'workers?|workforce',
        '(?:demand|supply|shortages?|hir\\w+|laid off|lay off|find|available|employers?|tight|availability)',
        8,
      ),
    },
    {
      id: 'maximum',
      pattern: terms(
        '(?:near|at|close to|far from|short of|beyond|above|below) (?:its )?(?:maximum|full) (?:sustainable )?employment',
        'employment (?:\\w+ ){0,2}(?:near|at|far from|short of|above|below) (?:its )?(?:maximum|longer run)',
      ),
    },
    { id: 'employment_risk', pattern: terms("risks? to (?:the |our |its |the FOMC's )?(?:maximum )?employment") },
    {
      id: 'employment',
      pattern: near(
        'employment',
        '(?:risks?|downside|slow\\w*|weak\\w*|strong\\w*|soft\\w*|declin\\w+|fall\\w*|fell|ris\\w+|rose|growth|gains?|outlook|inflation|edged|cool\\w+|output)',
        5,
      ),
    },
  ],
}
