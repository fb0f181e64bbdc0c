import 'server-only'
import { actorIdOf, addressOf } from '@/lib/domain/access/actor'
import { needsPerson } from '@/lib/domain/authentication/needs-person'
import { fact } from '@/lib/domain/history/compare-values'
import { notFound } from '@/lib/domain/refusals'
import { succeed, type Result } from '@/lib/domain/result'
import { draftCredentials } from '@/lib/credentials/credentials'
import type { InstanceSettings } from '@/lib/credentials/instance-settings'
import { loadMethod } from '@/lib/credentials/load-definitions'
import type { Context } from '@/lib/operations/operation'
import { newToken } from '@/lib/platform/crypto/one-way-token'
import { changedBySomeoneElse } from '@/lib/platform/db/changed-by-someone-else'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import { newId } from '@/lib/platform/db/new-id'
import { env } from '@/lib/platform/env'
import { noPersonNeeded } from '../refusals'
import { forgetLinkSettings, sealLinkSettings, waitingLink } from './link-settings'
import type { CreatedLink } from './views'

/** How long a link can be opened (DATA §8). */
const linkMinutes = 30

export type NewLink = {
  instanceId: string
  /** An entry of the workspace's return addresses, in its normal form. */
  returnTo: string | null
  /** Null: what the actor sent with an earlier link, otherwise the stored settings. */
  given: { settings: InstanceSettings; baseRevision: number } | null
}

/**
 * Creates a link for an instance. Nothing else changes: the settings wait sealed. Errors in them appear now, also those of
 * rule R14, because the program is not there when a person opens the link.
 */
export async function storeLink(
  context: Context,
  { instanceId, returnTo, given }: NewLink,
): Promise<Result<CreatedLink>> {
  const { workspaceId, db } = context
  const instance = await db.instance.findFirst({
    where: { id: instanceId },
    select: {
      ...{ id: true, name: true, connectorId: true, methodId: true, revision: true },
      ...{ updatedAt: true, updatedById: true },
    },
  })
  const definitions = instance && (await loadMethod(workspaceId, instance.methodId))
  if (!instance || !definitions) return notFound('instance')
  if (!needsPerson(definitions.method)) return noPersonNeeded()
  if (given !== null && given.baseRevision !== instance.revision)
    return changedBySomeoneElse(`“${instance.name}”`, instance)
  const settings = given?.settings ?? (await waitingLink(context, instance))?.settings ?? null
  const draft = await draftCredentials(workspaceId, {
    methodId: instance.methodId,
    instanceId,
    values: settings?.values ?? [],
    certificate: settings?.certificate ?? { kind: 'keep' },
  })
  return draft.ok ? insertLink(context, instance, { settings, returnTo }) : draft
}

type Row = { id: string; name: string; connectorId: string; revision: number }

function insertLink(
  { actor, workspaceId, transaction, audit }: Context,
  instance: Row,
  { settings, returnTo }: { settings: InstanceSettings | null; returnTo: string | null },
): Promise<Result<CreatedLink>> {
  const id = newId()
  const { token, tokenHash } = newToken()
  const expiresAt = new Date(Date.now() + linkMinutes * 60_000)
  const row = {
    ...{ id, workspaceId, connectorId: instance.connectorId, instanceId: instance.id, tokenHash, returnTo, expiresAt },
    instanceRevision: instance.revision,
    ...{ actorKind: actor.kind, actorId: actorIdOf(actor), actorLabel: actor.label, actorAddress: addressOf(actor) },
    sealedSettings: settings === null ? '' : sealLinkSettings(workspaceId, id, settings),
  }
  return transaction(async (tx) => {
    await forgetLinkSettings(tx, actor, instance.id)
    await supersedeWith(tx, row)
    await audit(
      tx,
      {
        action: 'create_authorisation_link',
        objectType: 'authorisation',
        objectId: instance.id,
        objectName: instance.name,
        changes: fact('returnTo', returnTo === null ? null : new URL(returnTo).origin),
      },
      [id],
    )
    return succeed({ id, url: `${env().APP_URL}/authorise/${token}`, expiresAt: expiresAt.toISOString() })
  })
}

type NewRow = Parameters<WorkspaceTransaction['authorisationLink']['createMany']>[0]

/** One link per instance waits (an index). If another one was created at the same moment, this one supersedes it too. */
async function supersedeWith(tx: WorkspaceTransaction, row: { instanceId: string } & object): Promise<void> {
  for (;;) {
    await tx.authorisationLink.updateMany({
      where: { instanceId: row.instanceId, state: 'waiting' },
      data: { state: 'superseded', endedAt: new Date() },
    })
    const { count } = await tx.authorisationLink.createMany({ data: [row], skipDuplicates: true } as NewRow)
    if (count === 1) return
  }
}
