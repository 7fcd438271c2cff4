/** Long work of this thread in pieces. */
import { setImmediate } from 'node:timers/promises'

/** The rows of all pieces. After each piece, work goes on that has waited for a statement of the engine: it may start the next one. */
export const inPieces = async <Piece, Row>(
  pieces: Iterable<Piece>,
  work: (piece: Piece) => readonly Row[],
): Promise<Row[]> => {
  const made: Row[] = []
  for (const piece of pieces) {
    for (const row of work(piece)) made.push(row)
    await setImmediate()
  }
  return made
}
