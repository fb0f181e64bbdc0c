import type { TriedPage } from '@/lib/calls/report-sent'
import type { EndpointDefinition } from '@/lib/domain/definitions'
import { firstPage } from '@/lib/domain/pagination/page-position'
import type { EnteredValues } from './check-entered'

/** The page that a trial asks for, by default the first; null if the endpoint has no pages. */
export function pageToTry(
  { pagination }: Pick<EndpointDefinition, 'pagination'>,
  { page }: Pick<EnteredValues, 'page'>,
): TriedPage | null {
  if (pagination.type === 'none') return null
  return page ?? { position: firstPage(pagination), seen: [] }
}
