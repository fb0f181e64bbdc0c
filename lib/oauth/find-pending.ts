import 'server-only'
import { systemDb } from '@/lib/db/client'
import { hashOf } from './state'

/** Looked up by the hash of its state, in whichever workspace: only then is it known whose it is. */
export async function findPending(state: string | null) {
  if (state === null) return null
  return systemDb().pendingAuthorisation.findUnique({
    where: { stateHash: hashOf(state) },
    include: {
      instance: {
        select: {
          ...{ id: true, name: true, revision: true, updatedAt: true, updatedById: true },
          method: { select: { type: true, revision: true, options: true } },
        },
      },
    },
    omit: { browserHash: false, sealedVerifier: false, sealedSettings: false },
  })
}

export type Pending = NonNullable<Awaited<ReturnType<typeof findPending>>>
