/** Checks of Chinese texts. */

/** A sign of punctuation with half the width of a Chinese character beside one. */
export const narrowSign = /[\u4e00-\u9fff][,;:?!()]|[,;:?!()][\u4e00-\u9fff]/
