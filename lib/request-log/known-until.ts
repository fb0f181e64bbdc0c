import type { RequestGroup } from './views'

/**
 * Until when a page of the log knows what was written: the end of the last request on the first page. Where it shows
 * none, or is a later page, a moment before it was read: lines take a little to be written.
 * @param readAt before the page was read
 */
export function knownUntil(groups: readonly RequestGroup[], isFirstPage: boolean, readAt: Date): number {
  const moment = readAt.getTime() - 1_000
  if (!isFirstPage || groups.length === 0) return moment
  const ends = groups.flatMap(({ head, steps }) =>
    [head, ...steps].map(({ at, durationMs }) => Date.parse(at) + durationMs),
  )
  return Math.max(...ends)
}
