/** Publish: the marts. */
import { views } from '../../schemas/views/index.ts'
import { martKey, publish } from '../publish.ts'
import type { Step } from './step.ts'

const marts = views.filter((view) => view.mart)

export const publishStep: Step = {
  name: 'publish',
  reads: marts,
  writes: marts.map(martKey),
  perform: (lake) => publish(lake),
}
