import { createRedactor } from '@/lib/domain/redaction'
import type { BuiltRequest } from '@/lib/domain/requests/types'

/**
 * The token endpoint that an authorisation is bound to, as the database may hold it: without the query, where a GET
 * carries the code and the client's secret, and with secrets in the path removed.
 */
export function boundTokenUrl({ request, secrets }: BuiltRequest): string {
  const { origin, pathname } = new URL(request.url)
  return createRedactor({ secrets }).text(origin + pathname)
}
