import 'server-only'
import { X509Certificate } from 'node:crypto'
import { expiredReason } from '@/lib/certificates/certificate-warning'
import {
  asksBodyWhetherRejected,
  judgeCredentials,
  type CredentialVerdict,
} from '@/lib/domain/authentication/credential-verdict'
import { statusInWords } from '@/lib/domain/http-status-words'
import type { MethodDefinition } from '@/lib/domain/method-options/method-definition'
import { connected, writeHealth, type Health } from '@/lib/health/write-health'
import { askAboutBody } from '@/lib/platform/bodies/ask-about-body'
import { workspaceDb } from '@/lib/platform/db/client'
import { Prisma } from '@/lib/platform/db/generated/client'
import type { RawResponse, RawOutcome } from '@/lib/platform/http/send-raw'
import { logger } from '@/lib/platform/log/logger'
import type { Sent } from './send-with-token'
import { asksRejected } from './asks-rejected'
import type { CallPlan } from './call-plans'
import { noticeOf } from './notice'
import type { Loaded } from './types'

/**
 * Health reflects the real traffic of people, programs and runs (PRODUCT §11). A call writes only changes: rejected
 * credentials set the instance to *Failing*, and the first success after that clears it. A result counts only while the
 * stamps of the request match those in the database, so that a late result of old credentials says nothing about new
 * ones (DATA §7).
 */

type SentCall = Pick<Sent<Loaded & { plan: CallPlan }>, 'from' | 'built' | 'outcome'>

const hourMs = 3_600_000

export type JudgedOutcome = { verdict: CredentialVerdict; outcome: RawOutcome }

/** Judges the last response of a call, after the one refresh, and passes it on unchanged. */
export async function noteHealth({ from, built, outcome }: SentCall): Promise<JudgedOutcome> {
  const { plan } = from
  if (!outcome.ok) {
    if (['tls_failed', 'connection_failed'].includes(outcome.error.code)) await noteExpiredCertificate(plan)
    return { verdict: 'nothing', outcome }
  }
  // After a redirect to another origin, that origin has seen no credentials.
  if (new URL(outcome.finalUrl).origin !== new URL(built.request.url).origin) return { verdict: 'nothing', outcome }
  const judged = await judgeRejection(plan.credentials.method, outcome)
  if (judged.verdict === 'rejected') await noteRejection(plan, outcome.status)
  if (judged.verdict === 'accepted') await noteSuccess(plan)
  return judged
}

async function judgeRejection(
  method: MethodDefinition,
  outcome: RawResponse,
): Promise<{ verdict: CredentialVerdict; outcome: RawResponse }> {
  const { status, headers } = outcome
  const verdict = judgeCredentials(method, { status, headers, body: new Uint8Array() })
  if (verdict === 'rejected' || !asksBodyWhetherRejected(method)) return { verdict, outcome }
  const read = await noticeOf(outcome)
  if (read.notice === null) return { verdict, outcome: read.outcome }
  const asked = await askAboutBody(
    asksRejected,
    { method: { options: method.options }, response: { status, headers, body: read.notice } },
    { bodies: [read.notice] },
  )
  return { verdict: asked.ok ? asked.value : verdict, outcome: read.outcome }
}

async function noteRejection(plan: CallPlan, status: number): Promise<void> {
  if (await noteExpiredCertificate(plan)) return
  const { connector } = plan.credentials
  const reason = `${connector.name} rejected the credentials (${statusInWords(status)}) when “${plan.endpoint.name}” was called.`
  await note(plan, { status: 'failing', reason, cause: 'endpoint' })
}

/** Whether the client certificate has expired. If so, this is recorded as the reason. */
async function noteExpiredCertificate(plan: CallPlan): Promise<boolean> {
  const { tls, connector } = plan.credentials
  if (!tls.certificatePem) return false
  const { validToDate } = new X509Certificate(tls.certificatePem)
  if (validToDate.getTime() > Date.now()) return false
  const reason = expiredReason(connector.name, validToDate)
  await note(plan, { status: 'failing', reason, cause: 'certificate' })
  return true
}

async function noteSuccess(plan: CallPlan): Promise<void> {
  const health = plan.credentials.instance?.health
  if (!health) return
  // A token that still works does not prove that the credentials can get a new one.
  const clears = health.status === 'not_verified' || (health.status === 'failing' && health.cause !== 'getting_token')
  if (clears) return note(plan, connected)
  if (health.status !== 'connected' || Date.now() - (health.lastSuccessAt?.getTime() ?? 0) < hourMs) return
  health.lastSuccessAt = new Date()
  await unlessItFails(() => writeSuccess(plan))
}

/**
 * Changes *Connected*, *Not verified* and *Failing* only. Any other status ends when a person acts at the third party.
 */
async function note(plan: CallPlan, next: Health): Promise<void> {
  const { instance, workspaceId } = plan.credentials
  if (instance === null || instance.health.status === next.status) return
  if (!['connected', 'not_verified', 'failing'].includes(instance.health.status)) return
  const { status, cause } = instance.health
  // Set first, so that concurrent calls do not write the same change.
  Object.assign(instance.health, { status: next.status, cause: next.cause })
  const written = await unlessItFails(async () => {
    await writeHealth(workspaceDb(workspaceId), { workspaceId, instanceId: instance.id }, next, underStampsOf(plan))
    if (next.status === 'connected') await writeSuccess(plan)
  })
  if (!written) Object.assign(instance.health, { status, cause })
}

function underStampsOf({ stamps, credentials: { workspaceId, connector } }: CallPlan): Prisma.Sql {
  return Prisma.sql`i."generation" = ${BigInt(stamps.instance)} AND EXISTS (
    SELECT 1 FROM "Connector" c WHERE c."workspaceId" = ${workspaceId}::uuid AND c."id" = ${connector.id}::uuid
      AND c."generation" = ${BigInt(stamps.connector)})`
}

/** Writes at most once an hour, however many processes call (DATA §7). */
async function writeSuccess({ credentials: { workspaceId, instance } }: CallPlan): Promise<void> {
  await workspaceDb(workspaceId).$executeRaw`
    UPDATE "Instance" SET "lastSuccessAt" = now()
    WHERE "workspaceId" = ${workspaceId}::uuid AND "id" = ${instance!.id}::uuid AND "status" = 'connected'
      AND ("lastSuccessAt" IS NULL OR "lastSuccessAt" < now() - interval '1 hour' OR "lastSuccessAt" < "statusSince")`
}

/** An error here never fails the call. The next call writes the status. */
async function unlessItFails(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write()
    return true
  } catch (error) {
    logger().error({ error }, 'the status of an instance could not be written')
    return false
  }
}
