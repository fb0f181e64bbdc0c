import type { RequestGroup } from './views'

/**
 * The time until which a page of the log is complete: the end of the last request on the first page. For an empty or a
 * later page, shortly before it was read, because lines are written with a delay.
 * @param readAt a moment before the page was read
 */
export function knownUntil(groups: readonly RequestGroup[], isFirstPage: boolean, readAt: Date): number {
  const moment = readAt.getTime() - 1_000
  if (!isFirstPage || groups.length === 0) return moment
  const ends = groups.flatMap(({ head, steps }) =>
    [head, ...steps].map(({ at, durationMs }) => Date.parse(at) + durationMs),
  )
  return Math.max(...ends)
}
