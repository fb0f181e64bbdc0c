import 'server-only'
import { notFound } from '@/lib/domain/refusals'
import { recordAudit } from '@/lib/platform/audit/record'
import { changedBySomeoneElse } from '@/lib/platform/db/changed-by-someone-else'
import { workspaceDb, type WorkspaceTransaction } from '@/lib/platform/db/client'
import { newId } from '@/lib/platform/db/new-id'
import { uniqueViolation } from '@/lib/platform/db/unique-violation'
import type { Actor, PersonActor } from '@/lib/domain/access/actor'
import { needsPerson } from '@/lib/domain/authentication/needs-person'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { draftCredentials, type Credentials } from '@/lib/credentials/credentials'
import type { InstanceSettings } from '@/lib/credentials/instance-settings'
import { causeOf } from '@/lib/exchange/request-context'
import { endPending, reusableSettings } from './pending'
import { sealSettings, sealVerifier } from './pending-settings'
import { prepareOAuth1 } from './prepare-oauth1'
import { prepareOAuth2 } from './prepare-oauth2'
import type { Prepared } from './prepared'
import { hashOf } from './state'

/** How long a person has at the third party (PRODUCT: OAuth 2 journey, step 3). */
export const pendingMinutes = 10

export type BeginAuthorisation = {
  instanceId: string
  /** What ties the authorisation to this browser: the value of its cookie. */
  browserSecret: string
  /** Of the address at which it is begun, one of redirectUris(). */
  redirectUri: string
} & ({ settings: InstanceSettings; baseRevision: number } | { reusePending: true })

type InstanceRow = {
  id: string
  name: string
  connectorId: string
  methodId: string
  revision: number
  updatedAt: Date
  updatedById: string | null
}

/**
 * Begins an authorisation. Nothing in force changes: the settings wait, sealed, and the person is sent to the third
 * party. A newer authorisation supersedes the older (DATA §8).
 */
export async function beginAuthorisation(
  actor: Actor,
  input: BeginAuthorisation,
): Promise<Result<{ redirectTo: string }>> {
  if (actor.kind !== 'person') return personNeeded()
  const instance = await workspaceDb(actor.workspaceId).instance.findFirst({ where: { id: input.instanceId } })
  if (!instance) return notFound('instance')
  const settings = await settingsToApply(actor, instance, input)
  if (!settings.ok) return settings
  const { values, certificate } = settings.value
  const credentials = await draftCredentials(actor.workspaceId, {
    methodId: instance.methodId,
    instanceId: instance.id,
    values,
    certificate,
  })
  if (!credentials.ok) return credentials
  const prepared = await prepare(actor, credentials.value, input.redirectUri)
  if (!prepared.ok) return prepared
  await storePending(actor, instance, settings.value, prepared.value, input.browserSecret)
  return succeed({ redirectTo: prepared.value.authoriseUrl })
}

async function settingsToApply(
  actor: Actor,
  instance: InstanceRow,
  input: BeginAuthorisation,
): Promise<Result<InstanceSettings>> {
  if ('reusePending' in input) return reusableSettings(actor, instance)
  if (input.baseRevision !== instance.revision) return changedBySomeoneElse(`“${instance.name}”`, instance)
  return succeed(input.settings)
}

/**
 * Renders everything that the authorisation is bound to, so that what cannot work is refused before the person leaves.
 */
async function prepare(actor: Actor, credentials: Credentials, begunOn: string): Promise<Result<Prepared>> {
  if (!needsPerson(credentials.method))
    return refuse('invalid_input', 'This authentication method is not authorised at the third party.')
  return credentials.method.type === 'oauth1'
    ? prepareOAuth1(credentials, begunOn, causeOf(actor, 'Get request token'))
    : prepareOAuth2(credentials, begunOn)
}

/** What waits belongs to one person and one browser (DATA §8). */
function personNeeded() {
  return refuse(
    'not_allowed',
    'Only a signed-in person can authorise an instance. Open it in Patchbay and press Authorise.',
  )
}

async function storePending(
  actor: PersonActor,
  instance: InstanceRow,
  settings: InstanceSettings,
  prepared: Prepared,
  browserSecret: string,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await workspaceDb(actor.workspaceId).$transaction((tx) =>
        insertPending(tx, actor, instance, settings, prepared, browserSecret),
      )
    } catch (error) {
      // Another tab began at the same moment: the later of the two supersedes it.
      if (attempt === 3 || uniqueViolation(error) === null) throw error
    }
  }
}

async function insertPending(
  tx: WorkspaceTransaction,
  actor: PersonActor,
  instance: InstanceRow,
  settings: InstanceSettings,
  { state, kept, redirectUri, tokenUrl, issuer, methodRevision }: Prepared,
  browserSecret: string,
): Promise<void> {
  const { workspaceId, userId } = actor
  const id = newId()
  await endPending(tx, instance.id, 'superseded')
  await tx.pendingAuthorisation.create({
    data: {
      ...{
        id,
        workspaceId,
        userId,
        connectorId: instance.connectorId,
        methodId: instance.methodId,
        instanceId: instance.id,
      },
      ...{ methodRevision, instanceRevision: instance.revision, redirectUri, tokenUrl, issuer },
      ...{ stateHash: hashOf(state), browserHash: hashOf(browserSecret) },
      sealedVerifier: kept === null ? null : sealVerifier(workspaceId, id, kept),
      sealedSettings: sealSettings(workspaceId, id, settings),
      expiresAt: new Date(Date.now() + pendingMinutes * 60_000),
    },
  })
  await recordAudit(tx, actor, {
    action: 'begin_authorisation',
    objectType: 'authorisation',
    objectId: instance.id,
    objectName: instance.name,
  })
}
