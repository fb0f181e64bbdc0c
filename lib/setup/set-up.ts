import 'server-only'
import { foldName } from '@/lib/domain/names'
import type { PersonActor } from '@/lib/domain/access/actor'
import { recordAudit } from '@/lib/platform/audit/record'
import { workspaceDb } from '@/lib/platform/db/client'
import { newId } from '@/lib/platform/db/new-id'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { hashPassword } from '@/lib/platform/session/password'
import type { Client } from '@/lib/platform/session/client'
import type { SessionClaims } from '@/lib/platform/session/cookie'
import { openSession } from '@/lib/platform/session/open-session'
import type { SetUpInput } from '@/lib/setup/schema'

/** An arbitrary number that no other lock of the app uses. */
const setUpLock = 7_226_040_001

/**
 * Creates the first workspace and its administrator, once. The lock allows one set-up at a time across all processes,
 * and a second one finds the person that the first one created.
 */
export async function setUp(input: SetUpInput, client: Client): Promise<Result<SessionClaims>> {
  const passwordHash = await hashPassword(input.password)
  const [workspaceId, sessionId] = [newId(), newId()]
  return workspaceDb(workspaceId).$transaction(async (transaction) => {
    await transaction.$executeRaw`SELECT pg_advisory_xact_lock(${setUpLock}::bigint)`
    if (await transaction.user.findFirst({ select: { id: true } })) {
      return refuse('not_allowed', 'Patchbay is already set up. Sign in, or ask an administrator to add you.')
    }
    await transaction.workspace.create({ data: { id: workspaceId, name: input.workspaceName } })
    const user = await transaction.user.create({ data: { email: input.email, name: input.name, passwordHash } })
    const foldedName = foldName(user.name)
    await transaction.membership.create({ data: { workspaceId, userId: user.id, role: 'administrator', foldedName } })
    const actor: PersonActor = {
      kind: 'person',
      workspaceId,
      userId: user.id,
      sessionId,
      label: user.name,
      role: 'administrator',
      address: client.address,
    }
    await recordAudit(transaction, actor, {
      action: 'create_workspace',
      objectType: 'workspace',
      objectId: workspaceId,
      objectName: input.workspaceName,
    })
    const claims = await openSession(transaction, { userId: user.id, workspaceId, passwordHash, id: sessionId }, client)
    if (!claims) throw new Error('the person who was just created has no session')
    return succeed(claims)
  })
}
