import 'server-only'
import { actorIdOf, type Actor } from '@/lib/domain/access/actor'
import { instanceSettings, type InstanceSettings } from '@/lib/credentials/instance-settings'
import type { Context } from '@/lib/operations/operation'
import { seal, sealedIn, unseal, type FieldAddress } from '@/lib/platform/crypto/seal'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import { waitingSince } from '../waiting-time'

/** The instance settings that a program sent: stored sealed with its link until a person has opened it. */

function address(workspaceId: string, linkId: string): FieldAddress {
  return { workspaceId, table: 'AuthorisationLink', rowId: linkId, field: 'sealedSettings' }
}

export function sealLinkSettings(workspaceId: string, linkId: string, settings: InstanceSettings): string {
  return seal(JSON.stringify(settings), address(workspaceId, linkId))
}

type Stored = { id: string; workspaceId: string; sealedSettings: string }

/** Null for a link without settings. */
export function openLinkSettings(link: Stored): InstanceSettings | null {
  if (link.sealedSettings === '') return null
  return instanceSettings.parse(
    JSON.parse(unseal(sealedIn(link, 'sealedSettings'), address(link.workspaceId, link.id))),
  )
}

type Waiting = {
  settings: InstanceSettings
  createdAt: Date
  /** Whether a person can still open the link. */
  live: boolean
}

/**
 * What this actor sent with an earlier link that nobody opened, for a newer link or a save: a program need not send its
 * secrets again. Null once the instance has changed.
 */
export async function waitingLink(
  { actor, db }: Context,
  instance: { id: string; revision: number },
): Promise<Waiting | null> {
  const link = await db.authorisationLink.findFirst({
    where: { ...withOwnSettings(actor, instance.id), createdAt: { gt: waitingSince(new Date()) } },
    orderBy: { createdAt: 'desc' },
    select: {
      ...{ id: true, workspaceId: true, sealedSettings: true, instanceRevision: true },
      ...{ state: true, createdAt: true, expiresAt: true },
    },
  })
  if (link?.instanceRevision !== instance.revision) return null
  const settings = openLinkSettings(link)
  const live = link.state === 'waiting' && link.expiresAt > new Date()
  return settings && { settings, createdAt: link.createdAt, live }
}

/** Deletes what this actor sent with earlier links, which can no longer be opened. */
export async function forgetLinkSettings(tx: WorkspaceTransaction, actor: Actor, instanceId: string): Promise<void> {
  const where = withOwnSettings(actor, instanceId)
  await tx.authorisationLink.updateMany({
    where: { ...where, state: 'waiting' },
    data: { state: 'superseded', endedAt: new Date() },
  })
  await tx.authorisationLink.updateMany({ where, data: { sealedSettings: '' } })
}

/** Links that were opened or refused have no settings any more. */
function withOwnSettings(actor: Actor, instanceId: string) {
  return { instanceId, actorKind: actor.kind, actorId: actorIdOf(actor), NOT: { sealedSettings: '' } }
}
