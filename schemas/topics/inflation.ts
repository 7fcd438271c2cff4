import { near, type Topic, terms } from '../topic.ts'

/** Things that have a price and are not consumer goods. */
const notAssets = terms(
  'assets?',
  'homes?',
  'houses?',
  'stocks?',
  'equit(?:y|ies)',
  'property',
  'real estate',
  'bonds?',
  'securit(?:y|ies)',
  'tokens?',
  'collateral',
  'Treasur(?:y|ies)',
  'fire sales?',
  'crypto\\w*',
  'crops?',
  'farm(?:ers|land)?',
  'commodit(?:y|ies)',
  'derivatives?',
  'dealers?',
  'liquidat\\w+',
  'investors?',
  'valuations?',
  'redemptions?',
  'loans?',
  'petroleum',
)

export const inflation: Topic = {
  name: 'inflation',
  doc: 'Inflation, price pressure, inflation expectations and pass-through, in the last two years, now or in the future.',
  homonyms: [
    /(?<!\b(restor(e|ed|ing)|return(ing)? to|without|lack of|loss of|threat(s|en)? to) )\bprice[- ]stability\b|\bstable prices\b/gi,
    /\b(adjusted|adjusting|corrected) for inflation\b|\binflation-adjusted\b|\binflation[- ](indexed|protected|linked)\b|\b(asset|house|home|equity|stock)([- ]price)? inflation\b|\bhouse[- ]price\b|\b(wage|grade) inflation\b/gi,
    // A real rate is a rate less inflation.
    /\b(net of|less|minus|subtracting( out)?|after( subtracting)?|above|accounting for|adjusted for|relative to) (expected |realized |anticipated )?inflation\b(?= ?(\.|,|;|\)|$|over|rate))/gi,
    // A frame of policy, and what an asset is said to protect from.
    /\b((flexible|average|strict) )?inflation[- ]target(ing|ers?)\b|\b(hedges?|hedging|protect(ion|s)?|insur\w+) (against|from|to) inflation\b|\binflation hedges?\b/gi,
    /(?<!\brisks? to (achieving )?(the |our |its )?(Committee's )?)\b(employment and inflation|inflation and employment) (objectives|goals|mandates)\b/gi,
    /\binflation rate of (2|two) percent\b/gi,
    /\binflation (at|of) (the |a )?(rate of )?(2|two) percent( (over|in) the longer run)?\b/gi,
    /\bto (combat|fight|tame) (high )?inflation\b|\bgrowth and inflation\b|\binflation and (economic )?growth\b/gi,
    /\b2 percent (longer-run )?(inflation )?(goal|target|objective) (for|of) inflation\b/gi,
    // What policy acts for, and what a forecast or a theory has as one of its variables.
    /\bto (curb|contain|bring down|rein in|reduce|lower|control|restrain|counter|address) inflation\b(?=,| (increases|yields|has|have|and|on|in the)\b)/gi,
    /\b(outcomes|outlook|objectives|goals|mandates|support|implications|stabiliz\w+|trade-?offs?|effects?) (for|of|between|on) (both )?((real )?GDP( growth)?,? |output,? |economic activity,? |growth,? |the unemployment rate,? |unemployment,? |employment,? )+and inflation\b/gi,
    /\b(outcomes|objectives|goals|mandates|support|stabiliz\w+|trade-?offs?) (for|of|between|on) (both )?inflation and ((real )?GDP|output|economic activity|growth|unemployment|employment|the real economy)\b/gi,
    /\b(goal|objective|target)\b[^,;.]{0,40}\b(in terms of|as measured by|measured by)\b[^,;.]*\binflation\b|\binflation (aspect|leg|side|part) of (our|the|its) (dual )?mandate\b/gi,
    /\b(stable,? low|low,? stable|low and stable|stable and low) inflation\b/gi,
    /\bmove (employment and inflation|inflation and employment) (back )?to\b/gi,
    /\b(greater |more |sufficient )?confidence (about|that|in) inflation('s)? (returning|moving|is moving|will return)\b/gi,
    /\b(Bank of (Canada|England|Japan|Mexico|Korea)|ECB|European Central Bank|Riksbank|Norges Bank)('s)?\b[^;]*/gi,
  ],
  rules: [
    { id: 'inflation', pattern: terms('(?:dis|de|re|stag)?inflation(?:s|ary)?', "inflation's") },
    {
      id: 'price_pressure',
      pattern: terms(
        '(?:price|cost) (?:pressures?|increases?|growth|hikes?|setting|changes?)',
        '(?:consumer|core|goods|services|import|food|gasoline|producer|PCE|rental|housing services) prices?',
        'rising prices',
        'higher prices',
        'CPI',
        'PCE price',
        'core PCE',
        'pass(?:ed|ing)? (?:\\w+ ){0,3}(?:costs?|tariffs?) (?:\\w+ ){0,3}(?:on|through|along)',
        'cost of living',
      ),
      unless: notAssets,
    },
    {
      id: 'energy_prices',
      pattern: terms('(?:energy|oil|electricity) prices?'),
      with: terms('consumers?', 'households?', 'headline', 'goods', 'services', 'food', 'supply', 'pass\\w*'),
      unless: notAssets,
    },
    { id: 'price_stability', pattern: terms('price stability') },
    { id: 'tariff_prices', pattern: near('tariffs?', 'prices?|price level', 12) },
    {
      id: 'target',
      pattern: near('2 percent|two percent', '(?:target|objective|goal)', 4),
      unless: terms('commit(?:ted|ment)', 'federal funds', 'range', 'policy rate'),
    },
    {
      id: 'prices_move',
      pattern: near(
        'prices',
        '(?:rise|rising|rose|risen|increas(?:e|ed|ing)|fall(?:ing|en)?|fell|accelerat\\w+|sticky|moderat\\w+)',
        3,
      ),
      unless: notAssets,
    },
  ],
}
