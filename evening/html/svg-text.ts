/** The text of a drawing, hidden from readers of the screen, who have its alternative. */
import type { Drawing } from './exhibit.ts'

export const svgText = (svg: Drawing): string => {
  svg.setAttribute('aria-hidden', 'true')
  return svg.outerHTML.replace(/(\d+\.\d{2})\d+/g, '$1')
}
