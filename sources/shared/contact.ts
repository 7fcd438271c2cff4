/** How a request says which program sends it and whom to write to about it. */
import type { Universe } from '../../core/universe.ts'

export const contactHeaders = ({ contact }: Universe) => ({
  'user-agent': contact ? `Precursor/0.1 (${contact})` : 'Precursor/0.1',
})
