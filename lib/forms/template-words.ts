import { filterNames } from '@/lib/domain/template-filters'
import type { ReservedName } from '@/lib/domain/templates'

/** What a template editor offers besides the variables at hand. */

export const templateFilters: readonly string[] = filterNames

const labels: Record<ReservedName, string> = {
  access_token: 'The token in force',
  refresh_token: 'The refresh token in force',
  now: 'The time of the request',
  nonce: 'A random text, fixed per request',
  uuid: 'A random UUID, fixed per request',
}

/** Names that are filled when a request is built; add them to the variables of a TemplateField where they make sense. */
export const runTimeVariables = Object.entries(labels).map(([key, label]) => ({ key, label, origin: 'Filled at run time' }))
