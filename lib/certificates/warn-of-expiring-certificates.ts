import 'server-only'
import { fact } from '@/lib/domain/history/compare-values'
import { systemActor } from '@/lib/domain/access/actor'
import { recordAudit } from '@/lib/platform/audit/record'
import { certificateState, expiredReason, warnedDaysBefore, type CertificateState } from './certificate-warning'
import { writeHealth } from '@/lib/health/write-health'
import { systemDb, workspaceDb } from '@/lib/platform/db/client'
import { Prisma } from '@/lib/platform/db/generated/client'
import { job, noPayload } from '@/lib/platform/jobs/job'

const dayMs = 86_400_000

const actions: Record<Exclude<CertificateState, ''>, string> = {
  expiring: 'warn_of_expiring_certificate',
  expired: 'warn_of_expired_certificate',
}

/**
 * Records in *Activity* when a certificate will expire soon and when it has expired. Each certificate stores which
 * warning was recorded; a new one starts without. Once it has expired, the instance is failing until the next
 * successful call (PRODUCT §11). Returns the number of lines written.
 */
export async function warnOfExpiringCertificates(now: Date): Promise<number> {
  const soon = new Date(now.getTime() + warnedDaysBefore * dayMs)
  const due = await systemDb().certificate.findMany({
    where: {
      OR: [
        { warned: '', validTo: { lte: soon } },
        { warned: 'expiring', validTo: { lte: now } },
      ],
    },
    select: {
      id: true,
      workspaceId: true,
      validTo: true,
      warned: true,
      subject: true,
      instance: { select: { id: true, name: true, connector: { select: { name: true } } } },
    },
    orderBy: { validTo: 'asc' },
  })
  let written = 0
  for (const certificate of due) if (await warn(certificate, now)) written += 1
  return written
}

/** Every five minutes, so that an instance is shown as failing soon after its certificate expires. */
export const warnOfExpiringCertificatesJob = job({
  name: 'warn-of-expiring-certificates',
  schedule: '*/5 * * * *',
  payload: noPayload,
  handle: (_payload, now) => warnOfExpiringCertificates(now),
})

type Due = {
  id: string
  workspaceId: string
  validTo: Date | null
  warned: string
  subject: string
  instance: { id: string; name: string; connector: { name: string } }
}

async function warn({ id, workspaceId, validTo, warned, subject, instance }: Due, now: Date): Promise<boolean> {
  const state = certificateState(validTo, now)
  if (validTo === null || state === '') return false
  return workspaceDb(workspaceId).$transaction(async (tx) => {
    // Another process or a new certificate may have been faster.
    const { count } = await tx.certificate.updateMany({ where: { id, warned }, data: { warned: state } })
    if (count === 0) return false
    const expiry = validTo.toISOString().slice(0, 10)
    if (state === 'expired') {
      const reason = expiredReason(instance.connector.name, validTo)
      const instanceRef = { workspaceId, instanceId: instance.id }
      await writeHealth(tx, instanceRef, { status: 'failing', reason, cause: 'certificate' }, isInUse)
    }
    await recordAudit(tx, systemActor(workspaceId), {
      action: actions[state],
      objectType: 'instance',
      objectId: instance.id,
      objectName: instance.name,
      changes: [...fact('certificate', subject), ...fact(state === 'expired' ? 'expired' : 'expires', expiry)],
    })
    return true
  })
}

/** If a person has to authorise the instance, that status stays: a new certificate would not fix it. */
const isInUse = Prisma.sql`i."status" IN ('connected', 'not_verified')`
