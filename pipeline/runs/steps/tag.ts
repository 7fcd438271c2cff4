/** Tag: the topics of speeches, then the rule of every catalyst kind. */
import { catalystKinds } from '../../../schemas/catalysts/index.ts'
import { catalysts } from '../../../schemas/tables/catalysts.ts'
import { earlierCatalysts } from '../../../schemas/tables/earlier_catalysts.ts'
import { speechSentences } from '../../../schemas/tables/speech_sentences.ts'
import { stateKey } from '../../silver/staleness.ts'
import { speechSentencesComputation } from '../../tag/speech-sentences.ts'
import { tag } from '../../tag/tag.ts'
import { madeBy, objectsOf, stepNamed } from '../step.ts'

const made = [catalysts, earlierCatalysts, speechSentences]

export const tagStep = stepNamed('tag', {
  reads: [
    ...speechSentencesComputation.reads,
    ...catalystKinds.flatMap((kind) => [kind, ...kind.earlier].flatMap(({ candidates }) => candidates.reads)),
    ...made,
  ],
  writes: [...new Set([...made.map(objectsOf), ...madeBy(speechSentencesComputation), stateKey(catalysts.name)])],
  perform: (lake) => tag(lake),
})
