/** Exit codes that a scheduler can use. */
export const exitCodes = { ok: 0, failed: 1, rejections: 2, stale: 3, usage: 64, stopped: 130 } as const
