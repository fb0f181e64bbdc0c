import 'server-only'
import { addMethod } from '@/lib/authentication-methods/create-method'
import type { Actor } from '@/lib/domain/access/actor'
import { refuse, type Result } from '@/lib/domain/result'
import { installConnector } from './install-connector'
import { parseConnectionDocument } from './parse-document'
import { planOfText } from './document-queries'
import type { ImportConnector, ImportMethod } from './document-schema'

/** Adds the method of a document to a connector, off on every endpoint (rule R2). */
export async function importMethod(
  actor: Actor,
  { connectorId, document, name }: ImportMethod,
): Promise<Result<{ id: string; pendingOrigins: string[] }>> {
  const plan = planOfText(document)
  if (!plan.ok) return plan
  return addMethod(actor, connectorId, { ...plan.value, ...(name !== '' && { name }) }, 'import_method')
}

/** Adds the connector of a document with all its methods, endpoints and toggles: all of it, or nothing. */
export async function importConnector(
  actor: Actor,
  { document, name }: ImportConnector,
): Promise<Result<{ id: string }>> {
  const parsed = parseConnectionDocument(document)
  if (!parsed.ok) return parsed
  if (parsed.value.kind !== 'connector')
    return refuse(
      'invalid_input',
      'This document is an authentication method. Import it in the Authentication section of a connector.',
      'document',
    )
  return installConnector(actor, { ...parsed.value, ...(name !== '' && { name }) }, 'import_connector')
}
