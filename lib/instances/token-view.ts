import 'server-only'
import type { WorkspaceDb } from '@/lib/platform/db/client'
import { needsPerson } from '@/lib/domain/authentication/needs-person'
import type { MethodDefinition } from '@/lib/domain/method-options/method-definition'
import type { TokenView } from './views'

type StoredToken = { expiresAt: Date | null; obtainedAt: Date; refreshCount: number }

/** The database says whether there is a refresh token, so that the sealed tokens are not read. */
export async function tokenView(
  db: WorkspaceDb,
  instanceId: string,
  method: MethodDefinition,
  token: StoredToken | undefined,
): Promise<TokenView | null> {
  if (!token) return null
  const [obtained, refreshable, named] = await Promise.all([
    // A method that needs no person has a row before its first token: it stores the lease.
    db.instanceToken.count({ where: { instanceId, name: 'default', sealedAccessToken: { not: '' } } }),
    db.instanceToken.count({ where: { instanceId, name: 'default', sealedRefreshToken: { not: null } } }),
    db.keptValue.findMany({
      where: { instanceId, expiresAt: { not: null } },
      select: { key: true, expiresAt: true },
      orderBy: { expiresAt: 'asc' },
    }),
  ])
  if (obtained === 0) return null
  const { expiresAt, obtainedAt, refreshCount } = token
  return {
    ...{ expiresAt: expiresAt?.toISOString() ?? null, obtainedAt: obtainedAt.toISOString(), refreshCount },
    renewal: renewalOf(method, refreshable > 0),
    named: named.map(({ key, expiresAt: end }) => ({ key, expiresAt: end!.toISOString() })),
  }
}

/** What happens when the token expires. */
function renewalOf(method: MethodDefinition, hasRefreshToken: boolean): TokenView['renewal'] {
  if (method.type === 'oauth1') return 'not_needed'
  const { options } = method
  const refreshBy = options.refreshBy
  if (refreshBy === 'never') return 'never'
  if (refreshBy === 'access_token') return 'refreshed'
  if (refreshBy === 'refresh_token' && hasRefreshToken) return 'refreshed'
  return needsPerson(method) ? 'never' : 'obtained_again'
}
