import 'server-only'
import type { Actor } from '@/lib/domain/access/actor'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import { hostChangeQuestion } from '@/lib/variables/host-change'

/**
 * Refuses variables of a new endpoint that would stand for one in the host of a URL, so that credentials would go to
 * another host (DATA §6). On the endpoint itself an administrator can add them, and is asked.
 */
export async function refuseHostVariables(
  tx: WorkspaceTransaction,
  actor: Actor,
  connectorId: string,
  keys: readonly string[],
): Promise<Result<null>> {
  if (keys.length === 0) return succeed(null)
  const owner = { level: 'connector' as const, connectorId, ownerId: connectorId }
  const asked = await hostChangeQuestion(tx, actor, owner, { keys: [...keys], variableId: null })
  if (!asked.ok) return asked
  if (asked.value === null) return succeed(null)
  return refuse('not_allowed', `${asked.value} Create the endpoint without this variable, and add the variable there.`)
}
