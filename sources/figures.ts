/** Figures as economic calendars print them: 50K, 1.37M, 0.3%, -4K. */

const scales: Readonly<Record<string, number>> = { K: 1e3, M: 1e6, B: 1e9, T: 1e12 }

/** The number that the text stands for; percent stays in percent. Undefined if it is none. */
export const parseFigure = (text: string): number | undefined => {
  const match = /^([+-]?[\d,]*\.?\d+)\s*([KMBT])?%?$/i.exec(text.trim())
  if (!match?.[1]) return undefined
  return Number(match[1].replaceAll(',', '')) * (match[2] ? (scales[match[2].toUpperCase()] ?? 1) : 1)
}

/** In the unit of a release, to twelve digits, so that 0.05M and 50K are one number. */
export const scaled = (value: number, scale: number): number => Number((value * scale).toPrecision(12))
