import 'server-only'
import { inState } from '@/lib/api-keys/usable-key'
import { lowerRole } from '@/lib/domain/access/api-keys'
import { may } from '@/lib/domain/access/roles'
import type { WorkspaceDb, WorkspaceTransaction } from '@/lib/platform/db/client'
import type { AuthorisationLink } from '@/lib/platform/db/generated/client'

type Db = Pick<WorkspaceDb | WorkspaceTransaction, 'apiKey' | 'membership'>
type Asked = Pick<AuthorisationLink, 'actorKind' | 'actorId' | 'connectorId' | 'instanceId'>

/** Whether the key or person that created a link could create it now. A link of a revoked key no longer works. */
export async function mayStillAsk(db: Db, { actorKind, actorId, ...target }: Asked): Promise<boolean> {
  if (actorKind === 'system') return true
  if (actorId === null) return false
  return actorKind === 'api_key' ? mayKeyAsk(db, actorId, target) : mayPersonAsk(db, actorId)
}

async function mayPersonAsk(db: Db, userId: string): Promise<boolean> {
  const member = await db.membership.findFirst({ where: { userId }, select: { role: true } })
  return member !== null && may(member.role, 'change')
}

async function mayKeyAsk(
  db: Db,
  keyId: string,
  { connectorId, instanceId }: Pick<Asked, 'connectorId' | 'instanceId'>,
): Promise<boolean> {
  const key = await db.apiKey.findFirst({
    where: {
      id: keyId,
      callOnly: false,
      AND: [
        inState('active', new Date()),
        { OR: [{ restricted: false }, { limits: { some: { OR: [{ connectorId }, { instanceId }] } } }] },
      ],
    },
    select: { role: true, ownerId: true },
  })
  if (!key?.ownerId) return false
  const owner = await db.membership.findFirst({ where: { userId: key.ownerId }, select: { role: true } })
  return owner !== null && may(lowerRole(key.role, owner.role), 'change')
}
