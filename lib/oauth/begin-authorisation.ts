import 'server-only'
import { recordAudit } from '@/lib/audit/record'
import { changedBySomeoneElse } from '@/lib/db/changed-by-someone-else'
import { workspaceDb, type WorkspaceTransaction } from '@/lib/db/client'
import { isId } from '@/lib/db/is-id'
import { newId } from '@/lib/db/new-id'
import { uniqueViolation } from '@/lib/db/unique-violation'
import { permit, type Actor } from '@/lib/domain/actor'
import { readMethodOptions } from '@/lib/domain/authentication/method-options'
import type { PkceMode } from '@/lib/domain/authentication/options'
import { buildAuthorizeUrl, chooseRedirectUri, oauthScope } from '@/lib/domain/oauth2/authorize-url'
import { stateLength } from '@/lib/domain/oauth2/state'
import { buildTokenRequest } from '@/lib/domain/oauth2/token-request'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { draftCredentials, type Credentials } from '@/lib/requests/credentials'
import type { InstanceSettings } from '@/lib/requests/instance-settings'
import { reservedValues } from '@/lib/requests/reserved-values'
import { boundTokenUrl } from './bound-token-url'
import { endPending, reusableSettings } from './pending'
import { sealSettings, sealVerifier } from './pending-settings'
import { redirectUris } from './redirect-uris'
import { challengeOf, hashOf, newState, newVerifier } from './state'

/** How long a person has at the third party (PRODUCT: OAuth 2 journey, step 3). */
export const pendingMinutes = 10

export type BeginAuthorisation = {
  instanceId: string
  /** What ties the authorisation to this browser: the value of its cookie. */
  browserSecret: string
  /** Of the address at which it is begun, one of redirectUris(). */
  redirectUri: string
} & ({ settings: InstanceSettings; baseRevision: number } | { reusePending: true })

type InstanceRow = { id: string; name: string; connectorId: string; methodId: string; revision: number; updatedAt: Date; updatedById: string | null }

/**
 * Begins an authorisation. Nothing in force changes: the settings wait, sealed, and the person is sent to the third
 * party. A newer authorisation supersedes the older (DATA §8).
 */
export async function beginAuthorisation(actor: Actor, input: BeginAuthorisation): Promise<Result<{ redirectTo: string }>> {
  const allowed = permit(actor, 'change')
  if (!allowed.ok) return allowed
  const instance = isId(input.instanceId) ? await workspaceDb(actor.workspaceId).instance.findFirst({ where: { id: input.instanceId } }) : null
  if (!instance) return refuse('not_found', 'This instance does not exist in your workspace; it may have been deleted.')
  const settings = await settingsToApply(actor, instance, input)
  if (!settings.ok) return settings
  const { values, certificate } = settings.value
  const credentials = await draftCredentials(actor.workspaceId, { methodId: instance.methodId, instanceId: instance.id, values, certificate })
  if (!credentials.ok) return credentials
  const prepared = prepare(credentials.value, input.redirectUri)
  if (!prepared.ok) return prepared
  await storePending(actor, instance, settings.value, prepared.value, input.browserSecret)
  return succeed({ redirectTo: prepared.value.authoriseUrl })
}

async function settingsToApply(actor: Actor, instance: InstanceRow, input: BeginAuthorisation): Promise<Result<InstanceSettings>> {
  if ('reusePending' in input) return reusableSettings(actor, instance)
  if (input.baseRevision !== instance.revision) return changedBySomeoneElse(`“${instance.name}”`, instance)
  return succeed(input.settings)
}

type Prepared = {
  authoriseUrl: string
  state: string
  verifier: string | null
  redirectUri: string
  tokenUrl: string
  issuer: string | null
  methodRevision: number
}

/** Renders everything that the authorisation is bound to, so that what cannot work is refused before the person leaves. */
function prepare(credentials: Credentials, begunOn: string): Result<Prepared> {
  const { connector, method, values, confirmedOrigins } = credentials
  if (method.type !== 'oauth2_authorization_code') return refuse('invalid_input', 'This authentication method is not authorised at the third party.')
  const options = readMethodOptions(method)
  if (!options.ok) return options
  const scope = oauthScope(credentials)
  const redirectUri = chooseRedirectUri(scope, redirectUris(), begunOn)
  if (!redirectUri.ok) return redirectUri
  const length = stateLength(scope)
  if (!length.ok) return length
  const state = newState(length.value)
  const verifier = options.value.pkce === 'off' ? null : newVerifier()
  const pkce = pkceOf(verifier, options.value.pkce)
  const authoriseUrl = buildAuthorizeUrl({ connector, method, values, confirmedOrigins, state, redirectUri: redirectUri.value, pkce })
  if (!authoriseUrl.ok) return authoriseUrl
  // As the exchange will render it, so that a token URL that cannot work is refused now.
  const grant = { kind: 'code', code: 'code', redirectUri: redirectUri.value, codeVerifier: verifier } as const
  const tokenRequest = buildTokenRequest({ connector, method, values, confirmedOrigins, grant, reserved: reservedValues({}) })
  if (!tokenRequest.ok) return tokenRequest
  const bound = { redirectUri: redirectUri.value, tokenUrl: boundTokenUrl(tokenRequest.value), issuer: options.value.issuer || null, methodRevision: method.revision }
  return succeed({ ...bound, authoriseUrl: authoriseUrl.value, state, verifier })
}

function pkceOf(verifier: string | null, mode: PkceMode) {
  return verifier === null || mode === 'off' ? null : { challenge: challengeOf(verifier, mode), method: mode }
}

async function storePending(actor: Actor, instance: InstanceRow, settings: InstanceSettings, prepared: Prepared, browserSecret: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await workspaceDb(actor.workspaceId).$transaction((tx) => insertPending(tx, actor, instance, settings, prepared, browserSecret))
    } catch (error) {
      // Another tab began at the same moment: the later of the two supersedes it.
      if (attempt === 3 || uniqueViolation(error) === null) throw error
    }
  }
}

async function insertPending(
  tx: WorkspaceTransaction,
  actor: Actor,
  instance: InstanceRow,
  settings: InstanceSettings,
  { state, verifier, redirectUri, tokenUrl, issuer, methodRevision }: Prepared,
  browserSecret: string,
): Promise<void> {
  const { workspaceId, userId } = actor
  const id = newId()
  await endPending(tx, instance.id, 'superseded')
  await tx.pendingAuthorisation.create({
    data: {
      ...{ id, workspaceId, userId, connectorId: instance.connectorId, methodId: instance.methodId, instanceId: instance.id },
      ...{ methodRevision, instanceRevision: instance.revision, redirectUri, tokenUrl, issuer },
      ...{ stateHash: hashOf(state), browserHash: hashOf(browserSecret) },
      sealedVerifier: verifier === null ? null : sealVerifier(workspaceId, id, verifier),
      sealedSettings: sealSettings(workspaceId, id, settings),
      expiresAt: new Date(Date.now() + pendingMinutes * 60_000),
    },
  })
  await recordAudit(tx, actor, { action: 'begin_authorisation', objectType: 'authorisation', objectId: instance.id, objectName: instance.name })
}
