import 'server-only'
import { systemDb } from '@/lib/platform/db/client'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import type { Client } from './client'
import type { SessionClaims } from './cookie'
import { openSession } from './open-session'
import { verifyNothing, verifyPassword } from './password'
import { recordSuccess, type SignInSource } from './throttle'
import { waitForTurn, wake } from './waiting-room'

const wrong = () => refuse('not_signed_in', 'Incorrect email or password.')

const notAMember = (ofThisOne: boolean) =>
  refuse(
    'not_allowed',
    `You are not a member of ${ofThisOne ? 'this' : 'any'} workspace. Ask an administrator to add you.`,
  )

/**
 * Signs in with a password. An unknown email, a wrong password and a person without a password have the same message and
 * take the same time.
 * @param workspaceId the only workspace to sign in to; default: the one that the person joined first
 */
export async function signInWithPassword(
  source: SignInSource & Client,
  password: string,
  workspaceId?: string,
): Promise<Result<SessionClaims>> {
  const admitted = await waitForTurn(source)
  if (!admitted.ok) return admitted
  const user = await systemDb().user.findUnique({
    where: { email: source.email },
    select: {
      id: true,
      passwordHash: true,
      memberships: {
        where: workspaceId === undefined ? {} : { workspaceId },
        select: { workspaceId: true },
        orderBy: [{ createdAt: 'asc' }, { workspaceId: 'asc' }],
        take: 1,
      },
    },
  })
  const passwordHash = user?.passwordHash ?? null
  const right = passwordHash === null ? await verifyNothing(password) : await verifyPassword(password, passwordHash)
  if (!user || passwordHash === null || !right) return wrong()
  await recordSuccess(admitted.value.keys, admitted.value.counted)
  wake(admitted.value.keys)
  const membership = user.memberships[0]
  if (!membership) return notAMember(workspaceId !== undefined)
  const claims = await openSession(
    systemDb(),
    { userId: user.id, workspaceId: membership.workspaceId, passwordHash },
    source,
  )
  return claims ? succeed(claims) : wrong()
}
