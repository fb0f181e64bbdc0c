import 'server-only'
import { type Actor, userIdOf } from '@/lib/domain/access/actor'
import { foldName, freeKey, slugify } from '@/lib/domain/names'
import { notFound } from '@/lib/domain/refusals'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { changedBySomeoneElse } from '@/lib/platform/db/changed-by-someone-else'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import { newId } from '@/lib/platform/db/new-id'
import { uniqueViolation } from '@/lib/platform/db/unique-violation'
import { lockUntilCommit } from '@/lib/platform/db/lock-until-commit'
import { instanceDetailsOf, type InstanceDetails } from './instance-details'

/**
 * The only code that writes the details of instances, in the caller's transaction. Health is stored separately (DATA
 * §7): verifying and obtaining a token record it.
 */

/** The details as columns of the table. */
function columnsOf(details: InstanceDetails) {
  const { externalId, labels, ...others } = instanceDetailsOf(details)
  return {
    ...others,
    foldedName: foldName(details.name),
    externalId: externalId === '' ? null : externalId,
    labels,
    foldedTags: [externalId, ...labels].map(foldName).filter(Boolean).join('\n'),
  }
}

export type NewInstance = {
  connectorId: string
  methodId: string
  details: InstanceDetails
  /** Whether it waits for its first authorisation. */
  awaiting: boolean
}

/**
 * Adds the row of an instance. Only one instance of a workspace is created at a time, so that each gets a free key.
 * @returns its id
 */
export async function addInstance(
  tx: WorkspaceTransaction,
  actor: Actor,
  { connectorId, methodId, details, awaiting }: NewInstance,
): Promise<Result<string>> {
  await lockUntilCommit(tx, `instance keys:${actor.workspaceId}`)
  const id = newId()
  const key = await newKey(tx, details.name)
  return refuseTaken(details.name, async () => {
    await tx.instance.create({
      data: {
        ...columnsOf(details),
        ...{ id, key, connectorId, methodId, workspaceId: actor.workspaceId, updatedById: userIdOf(actor) },
        ...(awaiting && {
          status: 'awaiting_authorisation' as const,
          statusReason: 'Nobody has authorised it yet.',
        }),
      },
    })
    return succeed(id)
  })
}

/** Writes the details if the revision is still the one that the person's form was loaded with (rule R12). */
export function reviseInstance(
  tx: WorkspaceTransaction,
  actor: Actor,
  { id, revision }: { id: string; revision: number },
  details: InstanceDetails,
): Promise<Result<null>> {
  return refuseTaken(details.name, async () => {
    const { count } = await tx.instance.updateMany({
      where: { id, revision },
      data: {
        ...columnsOf(details),
        revision: { increment: 1 },
        updatedAt: new Date(),
        updatedById: userIdOf(actor),
      },
    })
    if (count > 0) return succeed(null)
    const now = await tx.instance.findFirst({
      where: { id },
      select: { name: true, updatedAt: true, updatedById: true },
    })
    return now ? changedBySomeoneElse(`“${now.name}”`, now, tx) : notFound('instance')
  })
}

async function newKey(tx: WorkspaceTransaction, name: string): Promise<string> {
  const taken = await tx.instance.findMany({ where: { key: { startsWith: slugify(name) } }, select: { key: true } })
  return freeKey(name, new Set(taken.map(({ key }) => key)))
}

/** Returns a taken name or external ID as an error, so that the person can change it. */
async function refuseTaken<Value>(name: string, write: () => Promise<Result<Value>>): Promise<Result<Value>> {
  try {
    return await write()
  } catch (error) {
    const taken = uniqueViolation(error)
    if (taken?.includes('externalId')) return externalIdTaken()
    if (!taken?.includes('foldedName')) throw error
    return nameTaken(name)
  }
}

function externalIdTaken() {
  const message = 'Another instance of this connector has this external ID. Enter another, or leave it empty.'
  return refuse('name_taken', message, 'externalId')
}

/** Instances of other connectors may have the same name (DATA §2). */
export function nameTaken(name: string, connector = 'This connector') {
  return refuse('name_taken', `${connector} already has an instance called “${name}”. Choose another name.`, 'name')
}
