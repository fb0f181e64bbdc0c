import 'server-only'
import { notFound } from '@/lib/domain/refusals'
import { may } from '@/lib/domain/access/actor'
import { certificateState, certificateWarning } from '@/lib/certificates/certificate-warning'
import type { Prisma } from '@/lib/platform/db/generated/client'
import { shownStatus } from '@/lib/domain/disabled'
import { succeed } from '@/lib/domain/result'
import { sameJson } from '@/lib/domain/same-json'
import { effectiveDefinitions } from '@/lib/domain/variables/resolve-variables'
import type { Judgement } from '@/lib/domain/responses/verification'
import { waitingFor, type Overtaken, type PendingAuthorisation } from '@/lib/authorisations/overtaken'
import { instanceDetailsOf } from '@/lib/credentials/instance-details'
import { shownStoredValues } from '@/lib/credentials/shown-stored-values'
import { nameIn, namesOfPeople, type PeopleNames } from '@/lib/people/names-of-people'
import { unreachableSince } from '@/lib/request-log/unreachable-since'
import { fieldViews } from './field-views'
import { flowsUsing } from './flows-using'
import { loadFields, type MethodFields } from './load-fields'
import { methodView } from './method-view'
import { tokenView } from './token-view'
import {
  type CertificateView,
  type InstanceDetail,
  type OvertakenView,
  type PendingView,
  type StoredValueView,
  instanceDetail,
} from './views'
import { operation } from '@/lib/operations/operation'
import { instanceIdSchema } from './schema'

const columns = {
  connector: {
    select: {
      ...{ id: true, name: true, versionLabel: true, dateFormat: true, rateLimitAmount: true, rateLimitUnit: true },
      ...{ disabledAt: true, disabledById: true },
    },
  },
  certificate: {
    select: {
      ...{
        subject: true,
        issuer: true,
        fingerprint: true,
        validFrom: true,
        validTo: true,
        uploadedAt: true,
        uploadedById: true,
      },
      ...{ certificatePem: true, caPem: true },
    },
  },
  values: { select: { variableId: true, value: true, setAt: true } },
  tokens: {
    where: { name: 'default', sealedAccessToken: { not: '' } },
    select: { expiresAt: true, obtainedAt: true, refreshCount: true },
  },
} as const satisfies Prisma.InstanceInclude

type Row = Omit<Prisma.InstanceGetPayload<{ include: typeof columns }>, 'generation'>

/** *Instance settings*, without secrets. */
export const getInstance = operation({
  name: 'get_instance',
  permission: 'see',
  restrictedKeys: 'allowed',
  input: instanceIdSchema,
  output: instanceDetail,
  run: async (context, { instanceId }) => {
    const { actor, db } = context
    const row = await db.instance.findFirst({ where: { id: instanceId }, include: columns })
    if (!row) return notFound('instance')
    const fields = await loadFields(actor.workspaceId, row.methodId)
    if (!fields) return notFound('instance')
    const [usedBy, people, token, kept, waiting, unreachable] = await Promise.all([
      flowsUsing(db, row.id),
      namesOfPeople(db, [
        ...[row.updatedById, row.lastVerifiedById, row.certificate?.uploadedById],
        ...[row.disabledById, row.connector.disabledById],
      ]),
      tokenView(db, row.id, fields.method, row.tokens[0]),
      storedValueViews(actor.workspaceId, row.id, fields),
      waitingFor(context, row),
      unreachableSince(actor.workspaceId, [row.id]),
    ])
    const { pending } = waiting
    const overtaken = may(actor, 'change') ? waiting.overtaken : null
    const shown = pending?.settings
    const { id, name, versionLabel, dateFormat, rateLimitAmount, rateLimitUnit } = row.connector
    return succeed({
      ...{ id: row.id, key: row.key, name: row.name, revision: row.revision, method: methodView(fields.method) },
      connector: { id, name, versionLabel },
      disabled: disabledParts(row, people),
      details: instanceDetailsOf(shown ?? row),
      inherited: { dateFormat, rateLimitAmount, rateLimitUnit },
      fields: fieldViews(fields, row.values, shown?.values),
      certificate: row.certificate && certificateView(row.certificate, people, new Date()),
      health: healthOf(row, people, unreachable.get(row.id) ?? null),
      token,
      kept,
      pending: pending && pendingViewOf(pending, row),
      overtaken: overtaken && {
        changedBy: { name: nameIn(people, row.updatedById), at: row.updatedAt.toISOString() },
        ...versionsOf(overtaken, fields.all),
      },
      usedBy,
      updatedAt: row.updatedAt.toISOString(),
      updatedBy: nameIn(people, row.updatedById),
    })
  },
})

function pendingViewOf({ settings, expiresAt, live }: PendingAuthorisation, row: Row): PendingView {
  const certificate = settings.certificate.kind !== 'keep'
  const isNew =
    settings.values.length > 0 || certificate || !sameJson(instanceDetailsOf(settings), instanceDetailsOf(row))
  return { expiresAt, live, certificate, isNew }
}

/** Of what is a secret now only that there is one, also where it was none when it was typed. */
function versionsOf(
  { settings, before }: Overtaken,
  fields: MethodFields['all'],
): Pick<OvertakenView, 'before' | 'yours'> {
  const isSecret = new Map(fields.map(({ definition }) => [definition.id, definition.secret]))
  const known = settings.values.filter(({ variableId }) => isSecret.has(variableId))
  const { kind } = settings.certificate
  const valuesBefore = Object.entries(before.values).map(([id, { value, setAt }]) => [
    id,
    { value: isSecret.get(id) === false ? value : '', setAt },
  ])
  return {
    before: { ...before, values: Object.fromEntries(valuesBefore) },
    yours: {
      details: instanceDetailsOf(settings),
      values: Object.fromEntries(
        known.flatMap(({ variableId, value }) => (isSecret.get(variableId) ? [] : [[variableId, value ?? '']])),
      ),
      secretIds: known.flatMap(({ variableId }) => (isSecret.get(variableId) ? [variableId] : [])),
      certificate: kind === 'keep' ? null : kind,
    },
  }
}

function healthOf(row: Row, people: PeopleNames, unreachable: Date | null): InstanceDetail['health'] {
  return {
    status: shownStatus(row),
    statusReason: row.statusReason,
    statusSince: (row.connector.disabledAt ?? row.disabledAt ?? row.statusSince).toISOString(),
    unreachableSince: unreachable?.toISOString() ?? null,
    lastSuccessAt: row.lastSuccessAt?.toISOString() ?? null,
    lastVerifiedAt: row.lastVerifiedAt?.toISOString() ?? null,
    lastVerifiedBy: nameIn(people, row.lastVerifiedById),
    lastVerification: row.lastVerification as Judgement | null,
  }
}

/** The connector comes first: while it is disabled, enabling the instance has no effect. */
function disabledParts(row: Row, people: PeopleNames): InstanceDetail['disabled'] {
  const parts = [{ ...row.connector, noun: 'connector' } as const, { ...row, noun: 'instance' } as const]
  return parts.flatMap(({ noun, id, name, disabledAt, disabledById }) =>
    disabledAt === null ? [] : [{ noun, id, name, by: nameIn(people, disabledById), at: disabledAt.toISOString() }],
  )
}

function certificateView(row: NonNullable<Row['certificate']>, people: PeopleNames, now: Date): CertificateView {
  const { subject, issuer, fingerprint, validFrom, validTo } = row
  return {
    ...{ subject, issuer, fingerprint },
    validFrom: validFrom?.toISOString() ?? null,
    validTo: validTo?.toISOString() ?? null,
    hasClientCertificate: row.certificatePem !== null,
    hasCa: row.caPem !== null,
    uploadedAt: row.uploadedAt.toISOString(),
    uploadedBy: nameIn(people, row.uploadedById),
    warning: certificateWarning(validTo, now),
    expired: certificateState(validTo, now) === 'expired',
  }
}

/**
 * With the names of their variables. A value whose variable is secret is left out, even if it was not stored as a
 * secret (rule R10).
 */
async function storedValueViews(
  workspaceId: string,
  instanceId: string,
  { connector, method }: MethodFields,
): Promise<StoredValueView[]> {
  const definitions = effectiveDefinitions({ connector, method })
  const secret = definitions.filter((definition) => definition.secret).map(({ key }) => key)
  const labels = new Map(definitions.map(({ key, displayName }) => [key, displayName]))
  const stored = await shownStoredValues(workspaceId, instanceId, secret)
  return stored.map(({ key, value, keptAt }) => ({
    key,
    label: labels.get(key) || key,
    value,
    keptAt: keptAt.toISOString(),
  }))
}
