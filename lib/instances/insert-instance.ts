import 'server-only'
import { recordAudit } from '@/lib/platform/audit/record'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import { workspaceDb } from '@/lib/platform/db/client'
import { commitUnlessRefused } from '@/lib/platform/db/commit-unless-refused'
import { newId } from '@/lib/platform/db/new-id'
import { uniqueViolation } from '@/lib/platform/db/unique-violation'
import { type Actor, userIdOf } from '@/lib/domain/access/actor'
import { foldName, freeKey, slugify } from '@/lib/domain/names'
import { succeed, type Result } from '@/lib/domain/result'
import type { CertificateChange, TypedValue } from '@/lib/credentials/instance-settings'
import { recordVerification } from '@/lib/verification/record-verification'
import { storeCertificate } from '@/lib/credentials/store-certificate'
import { storeInstanceValues } from '@/lib/credentials/store-instance-values'
import type { VerificationReport } from '@/lib/verification/verification-report'
import { nameTaken } from './refusals'
import type { InstanceDetails } from './views'

export type NewInstance = {
  connector: { id: string; name: string }
  method: { id: string; name: string }
  details: InstanceDetails
  /** Null: it waits for its first authorisation, and so do its values. */
  stored: { values: TypedValue[]; certificate: CertificateChange; report: VerificationReport } | null
}

/** Writes a new instance in one transaction: row, values, certificate, status, audit. */
export async function insertInstance(actor: Actor, input: NewInstance): Promise<Result<string>> {
  try {
    return await commitUnlessRefused(workspaceDb(actor.workspaceId), (tx) => insert(tx, actor, input))
  } catch (error) {
    if (uniqueViolation(error) === null) throw error
    return nameTaken(input.details.name)
  }
}

async function insert(
  tx: WorkspaceTransaction,
  actor: Actor,
  { connector, method, details, stored }: NewInstance,
): Promise<Result<string>> {
  // Creations in one workspace follow each other, so that each finds a free key.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`instance keys:${actor.workspaceId}`}, 0))`
  const id = newId()
  const owner = { id, connectorId: connector.id, methodId: method.id }
  await tx.instance.create({
    data: {
      ...{
        ...owner,
        workspaceId: actor.workspaceId,
        key: await newKey(tx, details.name),
        updatedById: userIdOf(actor),
      },
      ...{ ...details, foldedName: foldName(details.name) },
      ...(stored === null && {
        status: 'awaiting_authorisation' as const,
        statusReason: 'Nobody has authorised it at the third party yet.',
      }),
    },
  })
  const values = await storeInstanceValues(tx, actor, owner, stored?.values ?? [])
  if (!values.ok) return values
  const certificate = await storeCertificate(tx, actor, id, stored?.certificate ?? { kind: 'keep' })
  if (stored) await recordVerification(tx, actor, id, stored.report, 'save')
  await recordAudit(tx, actor, {
    action: 'create_instance',
    objectType: 'instance',
    objectId: id,
    objectName: details.name,
    changes: {
      connector: connector.name,
      method: method.name,
      values: values.value,
      ...(certificate && { certificate }),
    },
  })
  return succeed(id)
}

async function newKey(tx: WorkspaceTransaction, name: string): Promise<string> {
  const taken = await tx.instance.findMany({ where: { key: { startsWith: slugify(name) } }, select: { key: true } })
  return freeKey(name, new Set(taken.map(({ key }) => key)))
}
