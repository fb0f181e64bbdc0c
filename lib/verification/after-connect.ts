import 'server-only'
import { workspaceDb } from '@/lib/platform/db/client'
import { unlessGone } from '@/lib/platform/db/reference-violation'
import type { PermittedActor } from '@/lib/domain/access/actor'
import { tokenOriginOf } from '@/lib/domain/authentication/token-origin'
import type { MethodDefinition } from '@/lib/domain/method-options/method-definition'
import { probePhases } from '@/lib/domain/requests/build-probe-request'
import { loadCredentials, type Credentials } from '@/lib/credentials/credentials'
import { storeValues } from '@/lib/credentials/stored-values'
import { causeOf, type Cause } from '@/lib/exchange/request-context'
import { runLookups } from '@/lib/tokens/run-lookups'
import { tokenFor } from '@/lib/calls/token-for'

/** Runs the after-connect lookups of methods that have no token request. */

/**
 * Runs after new credentials were saved, for a method whose requests carry no token. Deletes the values that were read
 * with the earlier credentials. (For other methods the lookups run when the token is obtained.)
 * @returns what went wrong, for a person; the save is not undone
 */
export async function lookUpAfterSave(
  actor: PermittedActor,
  method: Pick<MethodDefinition, 'type' | 'phases'>,
  instanceId: string,
): Promise<string | null> {
  if (tokenOriginOf(method) !== null || probePhases(method, 'after_connect').length === 0) return null
  await workspaceDb(actor.workspaceId).keptValue.deleteMany({ where: { instanceId } })
  const credentials = await loadCredentials(actor.workspaceId, instanceId)
  return credentials.ok ? lookUp(credentials.value, causeOf(actor, 'After-connect lookup')) : credentials.error.message
}

/**
 * Credentials that could not be verified may belong to anyone: secrets that were read with the earlier credentials must
 * not be sent along with them.
 */
export async function deleteStoredSecrets(
  actor: PermittedActor,
  method: Pick<MethodDefinition, 'type' | 'phases'>,
  instanceId: string,
): Promise<void> {
  if (tokenOriginOf(method) === null)
    await workspaceDb(actor.workspaceId).keptValue.deleteMany({ where: { instanceId, secret: true } })
}

/** *Check now* repeats lookups that failed when the instance was connected. */
export async function lookUpWhatIsMissing(credentials: Credentials, cause: Cause): Promise<string | null> {
  const wanted = probePhases(credentials.method, 'after_connect').flatMap(({ extract }) => extract ?? [])
  const isMissing = wanted.some(({ variable }) => !credentials.values.stored?.has(variable))
  return isMissing ? lookUp(credentials, cause) : null
}

async function lookUp(credentials: Credentials, cause: Cause): Promise<string | null> {
  const { workspaceId, instance } = credentials
  if (instance === null) return null
  const token = await tokenFor({ credentials, cause }, {})
  if (!token.ok) return token.error.message
  const names = token.value === null ? {} : { access_token: token.value.accessToken, token_type: token.value.tokenType }
  const { stored, problem } = await runLookups(credentials, names, cause)
  if (stored.length > 0)
    await unlessGone(
      workspaceDb(workspaceId).$transaction((tx) => storeValues(tx, { workspaceId, instanceId: instance.id }, stored)),
    )
  return problem
}
