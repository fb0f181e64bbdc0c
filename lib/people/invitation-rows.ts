import type { Prisma } from '@/lib/platform/db/generated/client'
import type { InvitationView } from './views'

/** How an invitation is read and shown, alone and in the list. */

export const invitationColumns = {
  ...{ id: true, email: true, role: true, createdAt: true, createdByName: true, expiresAt: true },
} as const satisfies Prisma.InvitationSelect

type Row = Prisma.InvitationGetPayload<{ select: typeof invitationColumns }>

/** @param now the time of the database */
export function invitationViewOf(row: Row, now: Date): InvitationView {
  const { id, email, role, createdAt, createdByName, expiresAt } = row
  return {
    ...{ id, email, role },
    invitedAt: createdAt.toISOString(),
    invitedBy: createdByName,
    expiresAt: expiresAt.toISOString(),
    expired: expiresAt <= now,
  }
}
