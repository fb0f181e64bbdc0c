import { isTestOnly } from '@/components/authentication-methods/carriers'
import type { MethodDraft } from '@/components/authentication-methods/method-draft'
import type { ParameterLocation } from '@/lib/domain/vocabulary'

const tabOfPlace: Record<ParameterLocation, string> = {
  url: 'url-parameters',
  header: 'headers',
  cookie: 'headers',
  body: 'body',
}

/** The tabs with errors from the server, so that an error on a hidden tab is noticed. */
export function tabsWithErrors(errors: Record<string, string>, draft: MethodDraft): Set<string> {
  return new Set(Object.keys(errors).map((field) => tabOf(field, draft)))
}

function tabOf(field: string, draft: MethodDraft): string {
  const [root, name] = field.split('.')
  if (root === 'phases') return name === 'verify' ? 'test-request' : 'urls'
  if (root === 'options') return name === 'baseUrl' ? 'urls' : 'token'
  if (root !== 'parameters') return ''
  const row = draft.parameters[Number(name)]
  if (!row) return ''
  return row.place === 'header' && isTestOnly(row) ? 'test-request' : tabOfPlace[row.place]
}
