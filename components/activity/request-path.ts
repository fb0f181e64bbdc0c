import type { RequestSummary } from '@/lib/request-log/views'

/** The page of one request: its time finds the day that it is stored under. */
export function requestPath({ id, at }: Pick<RequestSummary, 'id' | 'at'>): string {
  return `/activity/requests/${id}?at=${encodeURIComponent(at)}`
}
