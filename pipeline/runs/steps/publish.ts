/** Publish: the data dictionary and the marts. */
import { martName } from '../../../schemas/catalog.ts'
import { dictionary } from '../../../schemas/tables/dictionary.ts'
import { views } from '../../../schemas/views/index.ts'
import { publish } from '../../publish/publish.ts'
import { martKey } from '../../silver/mart.ts'
import { stateKey } from '../../silver/staleness.ts'
import { objectsOf, stepNamed } from '../step.ts'

const marts = views.filter((view) => view.mart)

export const publishStep = stepNamed('publish', {
  reads: marts,
  writes: [
    objectsOf(dictionary),
    stateKey(dictionary.name),
    ...marts.flatMap((view) => [martKey(view), stateKey(martName(view))]),
  ],
  isDistributed: true,
  perform: (lake) => publish(lake),
})
