import 'server-only'
import { notFound } from '@/lib/domain/refusals'
import { changedBySomeoneElse } from '@/lib/platform/db/changed-by-someone-else'
import { newId } from '@/lib/platform/db/new-id'
import { lockUntilCommit } from '@/lib/platform/db/lock-until-commit'
import type { Actor, PersonActor } from '@/lib/domain/access/actor'
import { needsPerson } from '@/lib/domain/authentication/needs-person'
import { fact } from '@/lib/domain/history/compare-values'
import { succeed, type Result } from '@/lib/domain/result'
import { draftCredentials, type Credentials } from '@/lib/credentials/credentials'
import type { InstanceSettings } from '@/lib/credentials/instance-settings'
import { causeOf } from '@/lib/exchange/request-context'
import type { Context } from '@/lib/operations/operation'
import { takeLink } from './links/usable-link'
import { endPending, reusableSettings } from './pending'
import { sealSettings, sealVerifier, type PendingSettings } from './pending-settings'
import { prepareOAuth1 } from './prepare-oauth1'
import { prepareOAuth2 } from './prepare-oauth2'
import type { Prepared } from './prepared'
import { noPersonNeeded, personNeeded } from './refusals'
import { settingsBeforeOf, withSettings } from './settings-before'
import { hashOf } from './state'

/** How long a person may take at the third party (PRODUCT: OAuth 2 journey, step 3). */
export const pendingMinutes = 10

export type BeginAuthorisation = {
  instanceId: string
  /** The value of the cookie that binds the authorisation to this browser. */
  browserSecret: string
  /** The redirect URI of the address where it is begun: one of redirectUris(). */
  redirectUri: string
  /** The link that is used up by it. */
  linkId?: string
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
 * Begins an authorisation. The current settings do not change: the new ones are stored sealed and the person is sent to
 * the third party. A newer authorisation supersedes an older one (DATA §8). For OAuth 1 the request token is obtained
 * here, before the transaction.
 */
export async function beginAuthorisation(
  context: Context,
  input: BeginAuthorisation,
): Promise<Result<{ redirectTo: string }>> {
  const { actor, workspaceId, db } = context
  if (actor.kind !== 'person') return personNeeded()
  const instance = await db.instance.findFirst({ where: { id: input.instanceId }, include: withSettings })
  if (!instance) return notFound('instance')
  const settings = await settingsToApply(context, instance, input)
  if (!settings.ok) return settings
  const { values, certificate } = settings.value
  const { id: instanceId, methodId } = instance
  const credentials = await draftCredentials(workspaceId, { methodId, instanceId, values, certificate })
  if (!credentials.ok) return credentials
  const id = newId()
  const prepared = await prepare(actor, credentials.value, input.redirectUri, id)
  if (!prepared.ok) return prepared
  const stored = await storePending(context, actor, {
    id,
    instance,
    waiting: { settings: settings.value, before: settingsBeforeOf(instance) },
    prepared: prepared.value,
    browserSecret: input.browserSecret,
    linkId: input.linkId ?? null,
  })
  return stored.ok ? succeed({ redirectTo: prepared.value.authoriseUrl }) : stored
}

async function settingsToApply(
  context: Context,
  instance: InstanceRow,
  input: BeginAuthorisation,
): Promise<Result<InstanceSettings>> {
  if ('reusePending' in input) return reusableSettings(context, instance)
  if (input.baseRevision !== instance.revision) return changedBySomeoneElse(`“${instance.name}”`, instance)
  return succeed(input.settings)
}

/**
 * Renders everything that the authorisation is bound to, so that errors appear before the person leaves. Its requests use
 * its id as their trace, before the person leaves and after they return.
 */
async function prepare(
  actor: Actor,
  credentials: Credentials,
  startedOn: string,
  correlationId: string,
): Promise<Result<Prepared>> {
  if (!needsPerson(credentials.method)) return noPersonNeeded()
  return credentials.method.type === 'oauth1'
    ? prepareOAuth1(credentials, startedOn, causeOf(actor, 'Get request token', { correlationId }))
    : prepareOAuth2(credentials, startedOn)
}

type ToStore = {
  id: string
  instance: InstanceRow
  waiting: PendingSettings
  prepared: Prepared
  browserSecret: string
  linkId: string | null
}

function storePending(
  { workspaceId, transaction, audit }: Context,
  { userId }: PersonActor,
  { id, instance, waiting, prepared, browserSecret, linkId }: ToStore,
): Promise<Result<null>> {
  const { state, secret, redirectUri, tokenUrl, issuer, methodRevision } = prepared
  const expiresAt = new Date(Date.now() + pendingMinutes * 60_000)
  return transaction(async (tx) => {
    // If another tab begins at the same moment, the later one supersedes the earlier one.
    await lockUntilCommit(tx, `authorisation:${instance.id}`)
    const link = linkId === null ? null : await takeLink(tx, linkId, expiresAt)
    if (link?.ok === false) return link
    await endPending(tx, instance.id, userId)
    await tx.pendingAuthorisation.create({
      data: {
        ...{ id, workspaceId, userId },
        ...{ connectorId: instance.connectorId, methodId: instance.methodId, instanceId: instance.id },
        ...{ methodRevision, instanceRevision: instance.revision, redirectUri, tokenUrl, issuer },
        ...{ stateHash: hashOf(state), browserHash: hashOf(browserSecret) },
        sealedVerifier: secret === null ? null : sealVerifier(workspaceId, id, secret),
        sealedSettings: sealSettings(workspaceId, id, waiting),
        ...{ linkId, expiresAt },
      },
    })
    await audit(tx, {
      action: 'begin_authorisation',
      objectType: 'authorisation',
      objectId: instance.id,
      objectName: instance.name,
      changes: fact('requestedBy', link?.value.actorLabel ?? null),
    })
    return succeed(null)
  })
}
