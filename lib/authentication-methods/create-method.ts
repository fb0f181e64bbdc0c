import 'server-only'
import { recordAudit } from '@/lib/audit/record'
import { workspaceDb, type WorkspaceTransaction } from '@/lib/db/client'
import { newId } from '@/lib/db/new-id'
import { uniqueViolation } from '@/lib/db/unique-violation'
import { permit, type Actor } from '@/lib/domain/actor'
import { authenticationTypeDefinitions } from '@/lib/domain/authentication/registry'
import { optionsOfGroups } from '@/lib/domain/authentication/options'
import { foldName, freeKey } from '@/lib/domain/names'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { authenticationTypes } from '@/lib/domain/vocabulary'
import { syncConnectorOrigins } from '@/lib/origins/sync-origins'
import type { CreateMethod } from './schema'

/**
 * Adds a method with its type's default variables, parameters and phases. It is off on every endpoint (rule R2).
 * @returns the new method's id
 */
export async function createMethod(actor: Actor, input: CreateMethod): Promise<Result<{ id: string }>> {
  const allowed = permit(actor, 'change')
  if (!allowed.ok) return allowed
  const db = workspaceDb(actor.workspaceId)
  const connector = await db.connector.findFirst({ where: { id: input.connectorId }, select: { id: true } })
  if (!connector) return refuse('not_found', 'This connector does not exist in your workspace; it may have been deleted.')
  try {
    const id = await db.$transaction((tx) => insertMethod(tx, actor, input))
    return succeed({ id })
  } catch (error) {
    if (!uniqueViolation(error)) throw error
    return refuse('name_taken', `This connector already has an authentication method called "${input.name}". Choose another name.`, 'name')
  }
}

/** The creation itself, inside a transaction of the caller's. */
export async function insertMethod(tx: WorkspaceTransaction, actor: Actor, input: CreateMethod): Promise<string> {
  // Creations in one connector follow each other, so that each finds a free key and place.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`method keys:${input.connectorId}`}, 0))`
  const definition = authenticationTypeDefinitions[input.type]
  const siblings = await tx.authenticationMethod.findMany({ where: { connectorId: input.connectorId }, select: { key: true, position: true } })
  const id = newId()
  const owner = { workspaceId: actor.workspaceId, connectorId: input.connectorId, methodId: id }
  await tx.authenticationMethod.create({
    data: {
      id,
      workspaceId: actor.workspaceId,
      connectorId: input.connectorId,
      key: freeKey(input.name, new Set(siblings.map(({ key }) => key))),
      name: input.name,
      foldedName: foldName(input.name),
      type: input.type,
      timeoutSeconds: input.timeoutSeconds,
      documentationUrl: input.documentationUrl,
      options: optionsOfGroups(definition.optionGroups, definition.defaultOptions),
      position: Math.max(-1, ...siblings.map(({ position }) => position)) + 1,
      updatedById: actor.userId,
    },
  })
  await tx.variable.createMany({ data: definition.defaultVariables.map((variable, position) => ({ ...variable, ...owner, level: 'method' as const, position })) })
  await tx.authenticationPhase.createMany({ data: definition.defaultPhases.map((phase) => ({ ...phase, ...owner })) })
  await tx.parameter.createMany({ data: definition.defaultParameters.map((parameter, position) => ({ ...parameter, ...owner, position })) })
  await recordAudit(tx, actor, {
    action: 'create_method',
    objectType: 'authentication_method',
    objectId: id,
    objectName: input.name,
    changes: { type: authenticationTypes[input.type] },
  })
  await syncConnectorOrigins(tx, actor, input.connectorId)
  return id
}
