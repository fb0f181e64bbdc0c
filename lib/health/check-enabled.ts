import 'server-only'
import { refuseDisabled } from '@/lib/domain/disabled'
import { succeed, type Result } from '@/lib/domain/result'
import { workspaceDb } from '@/lib/platform/db/client'

/**
 * Skips the check. Only for revoking tokens, which ends credentials instead of using them, and for comparing credentials,
 * which sends nothing.
 */
export const enabledUnchecked = Symbol('enabledUnchecked')

export type EnabledCheck = typeof enabledUnchecked | undefined

/** `instanceId`: null for an instance that does not exist yet. */
export type Sender = { workspaceId: string; connectorId: string; instanceId: string | null }

type Row = { noun: 'instance' | 'connector'; name: string; at: Date; by: string | null }

/**
 * Whether requests may be sent: neither the connector nor the instance is disabled. Checked when credentials are
 * loaded, and again before each request for which no check of its actor runs (DATA §13).
 */
export async function checkEnabled({ workspaceId, connectorId, instanceId }: Sender): Promise<Result<null>> {
  const [disabled] = await workspaceDb(workspaceId).$queryRaw<Row[]>`
    SELECT d."noun", d."name", d."at", u."name" AS "by" FROM (
      SELECT 'connector' AS "noun", concat_ws(' ', c."name", nullif(c."versionLabel", '')) AS "name", c."disabledAt" AS "at", c."disabledById" AS "byId"
      FROM "Connector" c WHERE c."workspaceId" = ${workspaceId}::uuid AND c."id" = ${connectorId}::uuid
      UNION ALL
      SELECT 'instance', i."name", i."disabledAt", i."disabledById"
      FROM "Instance" i WHERE i."workspaceId" = ${workspaceId}::uuid AND i."id" = ${instanceId}::uuid
    ) d LEFT JOIN "User" u ON u."id" = d."byId"
    WHERE d."at" IS NOT NULL ORDER BY d."noun" LIMIT 1`
  return disabled ? refuseDisabled(disabled) : succeed(null)
}
