import { refuse, succeed, type Result } from '@/lib/domain/result'
import { findLiteralSecret } from '@/lib/domain/literal-secrets'
import { checkUrlTemplate } from '@/lib/domain/url-template'
import type { CreateConnector } from './schema'

/** The rules that a connector's basic details obey, beyond their form. */
export function checkDetails(details: Omit<CreateConnector, 'icon'>): Result<null> {
  if (details.baseUrl !== '') {
    const url = checkUrlTemplate(details.baseUrl, { relative: false })
    if (!url.ok) return refuse(url.error.code, url.error.message, 'baseUrl')
  }
  for (const field of ['baseUrl', 'documentationUrl', 'description'] as const) {
    const secret = findLiteralSecret(details[field])
    if (secret) return refuse('literal_secret', secretMessage(field), field)
  }
  return succeed(null)
}

/** A definition holds no credentials (rule R10): everybody in the workspace reads it. */
function secretMessage(field: string): string {
  if (field === 'baseUrl') return 'This looks like a secret. Add a secret variable under Connector variables and write {{ its_key }} here instead.'
  return 'This looks like a secret. Everybody in the workspace can read it here: take it out, and ask for it with a secret variable.'
}
