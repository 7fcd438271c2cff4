import { near, type Topic, terms } from '../topic.ts'

export const aiProductivity: Topic = {
  name: 'ai_productivity',
  doc: 'Artificial intelligence and machine learning, and the growth or level of productivity.',
  homonyms: [],
  rules: [
    {
      id: 'ai',
      pattern: terms(
        'A\\.?I',
        'GenAI',
        'artificial intelligence',
        'machine learning',
        'generative',
        'large language models?',
        'LLMs?',
        'neural networks?',
        'deep learning',
        'chatbots?',
        'algorithms?(?: and)? (?:models?|learning)',
        'ChatGPT',
        'data centers?',
        'general purpose technolog(?:y|ies)',
        'robot(?:s|ics)?',
        'automation',
      ),
      unless: terms('data centers? for settlement'),
    },
    {
      id: 'productive_technology',
      pattern: near('technolog(?:y|ies)|process improvements?', 'productive capacity|efficienc(?:y|ies)', 12),
      with: terms('businesses', 'firms', 'workers', 'output', 'invest\\w+'),
    },
    {
      id: 'productivity',
      pattern: terms(
        '(?:labou?r |total factor |multifactor |trend |aggregate )?productivity',
        'output per hour',
        'TFP',
      ),
    },
  ],
}
