/**
 * Control characters that no text of a provider or an analyst has: C0 except tab and line ends, and DEL. C1 is let
 * through: older pages of the Fed hold it where a hyphen was decoded wrongly.
 */

/** A class for regular expressions of JavaScript and of the engine alike. */
export const controlClass = String.raw`[\x00-\x08\x0B\x0C\x0E-\x1F\x7F]`

export const controlCharacter = new RegExp(controlClass)
