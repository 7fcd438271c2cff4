import { near, type Topic, terms } from '../topic.ts'

export const inflation: Topic = {
  name: 'inflation',
  doc: 'Inflation, price pressure, inflation expectations and pass-through, in the last two years, now or in the future.',
  homonyms: [
    /(?<!\b(restor(e|ed|ing)|without|lack of|loss of|threat(s|en)? to) )\bprice stability\b|\bstable prices\b/gi,
    /\b(adjusted|adjusting|corrected) for inflation\b|\binflation-adjusted\b|\binflation[- ](indexed|protected|linked)\b|\b(asset|house|home|grade)[- ]price inflation\b|\bhouse[- ]price\b/gi,
    /\bto (combat|fight|tame) (high )?inflation\b|\bgrowth and inflation\b|\binflation and (economic )?growth\b/gi,
    /\b2 percent (longer-run )?(inflation )?(goal|target|objective) (for|of) inflation\b/gi,
  ],
  rules: [
    { id: 'inflation', pattern: terms('(?:dis|de|re|stag)?inflation(?:s|ary)?', "inflation's") },
    {
      id: 'price_pressure',
      pattern: terms(
        '(?:price|cost) (?:pressures?|increases?|growth|hikes?|setting|changes?)',
        '(?:consumer|core|goods|services|import|energy|food|oil|gasoline|producer|PCE|rental|housing services) prices?',
        'rising prices',
        'higher prices',
        'CPI',
        'PCE price',
        'core PCE',
        'pass(?:ed|ing)? (?:\\w+ ){0,3}(?:costs?|tariffs?) (?:\\w+ ){0,3}(?:on|through|along)',
        'cost of living',
      ),
      unless: terms('stock', 'asset prices', 'house prices'),
    },
    { id: 'price_stability', pattern: terms('price stability') },
    { id: 'tariff_prices', pattern: near('tariffs?', 'prices?|price level', 12) },
    {
      id: 'target',
      pattern: near('2 percent|two percent', '(?:target|objective|goal)', 4),
      unless: terms('commit(?:ted|ment)'),
    },
    {
      id: 'prices_move',
      pattern: near(
        'prices',
        '(?:rise|rising|rose|risen|increas(?:e|ed|ing)|fall(?:ing|en)?|fell|accelerat\\w+|sticky|moderat\\w+)',
        3,
      ),
      unless: terms(
        'assets?',
        'house',
        'home',
        'homes',
        'houses',
        'stock',
        'equity',
        'property',
        'real estate',
        'bond',
        'securities',
        'token',
      ),
    },
  ],
}
