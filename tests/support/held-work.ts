/** Work of tests that runs until it is told to end or to fail. */
export const heldWork = () => {
  let [end, fail]: [() => void, (error: Error) => void] = [() => {}, () => {}]
  const ended = new Promise<void>((resolve, reject) => {
    ;[end, fail] = [resolve, reject]
  })
  return { end, fail, run: () => ended }
}

/** Waits until work that can go on has gone on. */
export const settled = () => new Promise((resolve) => setImmediate(resolve))
