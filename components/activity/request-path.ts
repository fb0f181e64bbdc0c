import type { RequestSummary } from '@/lib/request-log/views'

/** The page of one request. The request log is partitioned by day, so the address contains the time. */
export function requestPath({ id, at }: Pick<RequestSummary, 'id' | 'at'>): string {
  return `/activity/requests/${id}?at=${encodeURIComponent(at)}`
}
