import 'server-only'
import { certificateWarning } from '@/lib/certificates/certificate-warning'
import { workspaceDb, type WorkspaceDb } from '@/lib/db/client'
import type { Prisma } from '@/lib/db/generated/client'
import { isId } from '@/lib/db/is-id'
import { permit, type Actor } from '@/lib/domain/actor'
import { succeed, type Result } from '@/lib/domain/result'
import type { Judgement } from '@/lib/domain/verification'
import { pendingFor } from '@/lib/oauth/pending'
import type { InstanceSettings } from '@/lib/requests/instance-settings'
import { fieldViews } from './field-views'
import { flowsUsing } from './flows-using'
import { loadFields } from './load-fields'
import { methodView } from './method-view'
import { instanceNotFound } from './refusals'
import { waitingSettings } from './waiting-settings'
import type { CertificateView, InstanceDetail, InstanceDetails, TokenView } from './views'

const columns = {
  connector: { select: { id: true, name: true, versionLabel: true, dateFormat: true, rateLimitAmount: true, rateLimitUnit: true } },
  certificate: {
    select: {
      ...{ subject: true, issuer: true, fingerprint: true, validFrom: true, validTo: true, uploadedAt: true, uploadedById: true },
      ...{ certificatePem: true, caPem: true },
    },
  },
  values: { select: { variableId: true, value: true, setAt: true } },
  tokens: { where: { name: 'default' }, select: { expiresAt: true, obtainedAt: true, refreshCount: true } },
} as const satisfies Prisma.InstanceInclude
type Row = Prisma.InstanceGetPayload<{ include: typeof columns }>

/** *Instance settings*: everything but the secrets. */
export async function getInstance(actor: Actor, instanceId: string): Promise<Result<InstanceDetail>> {
  const allowed = permit(actor, 'see')
  if (!allowed.ok) return allowed
  if (!isId(instanceId)) return instanceNotFound
  const db = workspaceDb(actor.workspaceId)
  const row = await db.instance.findFirst({ where: { id: instanceId }, include: columns })
  if (!row) return instanceNotFound
  const [fields, usedBy, people, token, pending, waiting] = await Promise.all([
    loadFields(actor.workspaceId, row.methodId),
    flowsUsing(db, row.id),
    namesOf(db, [row.updatedById, row.lastVerifiedById, row.certificate?.uploadedById]),
    tokenView(db, row),
    pendingFor(actor, row.id),
    waitingSettings(actor, row),
  ])
  if (!fields) return instanceNotFound
  if (!pending.ok) return pending
  const { dateFormat, rateLimitAmount, rateLimitUnit, ...connector } = row.connector
  return succeed({
    ...{ id: row.id, name: row.name, revision: row.revision, connector, method: methodView(fields.method) },
    details: detailsShown(row, waiting),
    inherited: { dateFormat, rateLimitAmount, rateLimitUnit },
    fields: fieldViews(fields, row.values, waiting?.values),
    certificate: row.certificate && certificateView(row.certificate, people, new Date()),
    health: healthOf(row, people),
    token,
    pending: pending.value && { expiresAt: pending.value.expiresAt, live: pending.value.live, certificate: pending.value.certificate },
    usedBy,
    updatedAt: row.updatedAt.toISOString(),
    updatedBy: nameOf(people, row.updatedById),
  })
}

type Names = ReadonlyMap<string, string>

async function namesOf(db: WorkspaceDb, ids: (string | null | undefined)[]): Promise<Names> {
  const wanted = ids.filter((id) => typeof id === 'string')
  if (wanted.length === 0) return new Map()
  const people = await db.user.findMany({ where: { id: { in: wanted } }, select: { id: true, name: true } })
  return new Map(people.map(({ id, name }) => [id, name]))
}

function nameOf(people: Names, id: string | null): string | null {
  return id === null ? null : (people.get(id) ?? null)
}

function detailsShown(row: InstanceDetails, waiting: InstanceSettings | null): InstanceDetails {
  const { name, timeZone, dateFormat, rateLimitAmount, rateLimitUnit, maxConcurrent } = waiting ?? row
  return { name, timeZone, dateFormat, rateLimitAmount, rateLimitUnit, maxConcurrent }
}

function healthOf(row: Row, people: Names): InstanceDetail['health'] {
  return {
    status: row.status,
    statusReason: row.statusReason,
    statusSince: row.statusSince.toISOString(),
    lastVerifiedAt: row.lastVerifiedAt?.toISOString() ?? null,
    lastVerifiedBy: nameOf(people, row.lastVerifiedById),
    lastVerification: row.lastVerification as Judgement | null,
  }
}

function certificateView(row: NonNullable<Row['certificate']>, people: Names, now: Date): CertificateView {
  const { subject, issuer, fingerprint, validFrom, validTo } = row
  return {
    ...{ subject, issuer, fingerprint },
    validFrom: validFrom?.toISOString() ?? null,
    validTo: validTo?.toISOString() ?? null,
    hasClientCertificate: row.certificatePem !== null,
    hasCa: row.caPem !== null,
    uploadedAt: row.uploadedAt.toISOString(),
    uploadedBy: nameOf(people, row.uploadedById),
    warning: certificateWarning(validTo, now),
  }
}

/** Whether there is a refresh token is asked of the database: the sealed token itself is not read. */
async function tokenView(db: WorkspaceDb, { id, tokens }: Row): Promise<TokenView | null> {
  const [token] = tokens
  if (!token) return null
  const refreshable = await db.instanceToken.count({ where: { instanceId: id, name: 'default', sealedRefreshToken: { not: null } } })
  const { expiresAt, obtainedAt, refreshCount } = token
  return { expiresAt: expiresAt?.toISOString() ?? null, obtainedAt: obtainedAt.toISOString(), refreshCount, canRefresh: refreshable > 0 }
}
