import { type Topic, terms } from '../topic.ts'

export const stablecoinsCrypto: Topic = {
  name: 'stablecoins_crypto',
  doc: 'Stablecoins, crypto-assets, decentralised finance, distributed ledgers and tokenisation, central bank digital currency.',
  homonyms: [
    /\b(does|do|did|need|will)( not|n't) (rely|depend|run|need) (on )?(a |the )?(blockchain|distributed ledger)\w*/gi,
  ],
  rules: [
    { id: 'stablecoin', pattern: terms('(?:payment )?stablecoins?') },
    {
      id: 'crypto',
      pattern: terms(
        'crypto\\w*',
        'bitcoin',
        'ether(?:eum)?',
        'FTX',
        'Tether',
        'Libra',
        'Diem',
        'USDC',
        'digital (?:assets?|currenc(?:y|ies)|dollars?|tokens?|wallets?)',
        'virtual currenc(?:y|ies)',
      ),
    },
    {
      id: 'ledger',
      pattern: terms(
        'blockchains?',
        'ledgers?',
        'distributed ledgers?',
        'DLT',
        'tokeni[sz](?:e|ed|ing|ation)',
        'tokens?',
        'smart contracts?',
        'DeFi',
        'decentrali[sz]ed (?:finance|exchanges?|protocols?)',
        'CBDCs?',
        'central bank digital currenc(?:y|ies)',
        'on chain',
        'synthetic dollars?',
        'unhosted wallets?',
      ),
      unless: terms('general ledgers?', '(?:side|sides) of (?:the|our|its) (?:\\w+ )?ledger'),
    },
  ],
}
