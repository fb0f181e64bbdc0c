import 'server-only'
import type { ActorLimits, ApiKeyActor } from '@/lib/domain/access/actor'
import { isKeyText, lowerRole } from '@/lib/domain/access/api-keys'
import type { Role } from '@/lib/domain/access/roles'
import { hashOfToken } from '@/lib/platform/crypto/one-way-token'
import { systemDb } from '@/lib/platform/db/client'
import { Prisma } from '@/lib/platform/db/generated/client'
import { noteKeyUse } from './note-key-use'
import { isUsableSql } from './usable-key'

type Row = {
  id: string
  workspaceId: string
  ownerId: string
  name: string
  role: Role
  ownerRole: Role
  restricted: boolean
  callOnly: boolean
  connectorIds: string[]
  instances: ActorLimits['instances']
  isNoteDue: boolean
}

/**
 * The actor of a presented key; null if it is not a key that can be used. One query, by the hash of the key: its owner
 * must be a member of the workspace, whose role limits that of the key (DATA §14).
 * @param address where the request came from, if it is known
 */
export async function findApiKey(presented: string, address: string | null): Promise<ApiKeyActor | null> {
  if (!isKeyText(presented)) return null
  const [row] = await systemDb().$queryRaw<Row[]>`
    SELECT k."id", k."workspaceId", k."ownerId", k."name", k."role"::text AS "role", m."role"::text AS "ownerRole",
      k."restricted", k."callOnly",
      ARRAY(SELECT l."connectorId"::text FROM "ApiKeyLimit" l WHERE l."keyId" = k."id" AND l."connectorId" IS NOT NULL) AS "connectorIds",
      (SELECT coalesce(json_agg(json_build_object('id', i."id", 'connectorId', i."connectorId")), '[]')
       FROM "ApiKeyLimit" l JOIN "Instance" i ON i."id" = l."instanceId" AND i."workspaceId" = l."workspaceId"
       WHERE l."keyId" = k."id") AS "instances",
      k."lastUsedAt" IS NULL OR k."lastUsedAt" <= now() - interval '1 minute' AS "isNoteDue"
    FROM "ApiKey" k
    JOIN "Membership" m ON m."workspaceId" = k."workspaceId" AND m."userId" = k."ownerId"
    WHERE k."keyHash" = ${hashOfToken(presented)} AND ${Prisma.raw(isUsableSql('k'))}`
  if (!row) return null
  if (row.isNoteDue) noteKeyUse(row, address)
  return actorOf(row, address)
}

function actorOf(row: Row, address: string | null): ApiKeyActor {
  const { id, workspaceId, ownerId, name, role, ownerRole, restricted, callOnly, connectorIds, instances } = row
  return {
    kind: 'api_key',
    ...{ workspaceId, ownerId, callOnly, address },
    keyId: id,
    label: name,
    role: lowerRole(role, ownerRole),
    limits: restricted ? { connectorIds, instances } : null,
  }
}
