import 'server-only'
import { chosenOfOvertaken } from '@/lib/authorisations/overtaken'
import { forgetLinkSettings } from '@/lib/authorisations/links/link-settings'
import { endOwnPending } from '@/lib/authorisations/pending'
import { noPersonNeeded } from '@/lib/authorisations/refusals'
import { startAuthorisation } from '@/lib/authorisations/start-authorisation'
import { operation, type Context } from '@/lib/operations/operation'
import { notFound } from '@/lib/domain/refusals'
import { changedBySomeoneElse } from '@/lib/platform/db/changed-by-someone-else'
import { needsPerson } from '@/lib/domain/authentication/needs-person'
import { succeed, type Result } from '@/lib/domain/result'
import { needsAuthorisation } from '@/lib/authorisations/needs-authorisation'
import { deleteStoredSecrets, lookUpAfterSave } from '@/lib/verification/after-connect'
import { applyInstanceSettings } from '@/lib/credentials/apply-instance-settings'
import { checkWaitingCredentials } from '@/lib/credentials/credentials'
import { instanceDetailsOf } from '@/lib/credentials/instance-details'
import type { InstanceSettings, TypedValue } from '@/lib/credentials/instance-settings'
import type { WaitingCredentials } from '@/lib/credentials/origins-change'
import { recordVerification } from '@/lib/verification/record-verification'
import type { VerificationReport } from '@/lib/verification/verification-report'
import { checkNameFree } from './check-name'
import { checkTypedValues } from './check-values'
import type { StartAuthorisation } from './create-instance'
import { loadFields, type MethodFields } from './load-fields'
import { readCertificateChange } from './read-certificate-change'
import { saveInstanceSchema, type SaveInstance } from './schema'
import { verifyFirst } from './verify-first'
import { mergePending, pendingCredentials, withoutTyped } from './pending-settings'
import { saveOutcome, type SaveOutcome } from './outcomes'

type Saved = Extract<SaveOutcome, { kind: 'saved' }>
type Row = { id: string; name: string; methodId: string; revision: number; updatedAt: Date; updatedById: string | null }

/**
 * *Save instance settings*: saves all tabs at once (rule R8). New credentials are verified before they replace the
 * current ones (rule R6). If a person has to authorise, they are pending until then (DATA §8).
 */
export const saveInstanceWith = (startAuthorisation: StartAuthorisation) =>
  operation({
    name: 'update_instance',
    permission: 'change',
    input: saveInstanceSchema,
    output: saveOutcome,
    run: async (context, input): Promise<Result<SaveOutcome>> => {
      const row = await context.db.instance.findFirst({
        where: { id: input.instanceId },
        select: { id: true, name: true, methodId: true, revision: true, updatedAt: true, updatedById: true },
      })
      const fields = row && (await loadFields(context.workspaceId, row.methodId))
      if (!row || !fields) return notFound('instance')
      // Checked before anything is sent to the third party, and again in the transaction.
      if (row.revision !== input.revision) return changedBySomeoneElse(`“${row.name}”`, row)
      const settings = await settingsOf(context, row, fields, input)
      if (!settings.ok) return settings
      if (needsPerson(fields.method))
        return saveAuthorised(context, row, settings.value, input.intent, startAuthorisation)
      if (input.intent === 'authorise') return noPersonNeeded()
      return saveVerified(context, row, fields, settings.value, input.intent)
    },
  })

export const saveInstance = saveInstanceWith(startAuthorisation)

async function settingsOf(
  context: Context,
  row: Row,
  fields: MethodFields,
  input: SaveInstance,
): Promise<Result<InstanceSettings>> {
  const values = checkTypedValues(fields.all, input.values)
  if (!values.ok) return values
  const certificate = readCertificateChange(input.certificate, new Date())
  if (!certificate.ok) return certificate
  const details = instanceDetailsOf(input.details)
  const free = await checkNameFree(context.db, fields.connector, details.name, row.id)
  if (!free.ok) return free
  const typed = { ...details, values: values.value, certificate: certificate.value }
  const settings = await withWaiting(context, row, fields, input, typed)
  if (!settings.ok) return settings
  return succeed({ ...settings.value, values: await onlyChanged(context.db, row.id, settings.value.values) })
}

/** Joins what is typed now with what waits, if that may be sent where these settings lead (DATA §6). */
async function withWaiting(
  context: Context,
  row: Row,
  fields: MethodFields,
  input: SaveInstance,
  typed: InstanceSettings,
): Promise<Result<InstanceSettings>> {
  const waiting = await waitingFor(context, row, fields, input)
  if (!waiting.ok) return waiting
  if (waiting.value === null) return succeed(typed)
  const untyped = withoutTyped(waiting.value, typed)
  const settings = mergePending(untyped, typed)
  const allowed = await checkWaitingCredentials(context.workspaceId, row.id, untyped, settings)
  return allowed.ok ? succeed(settings) : allowed
}

/**
 * What waits and was not overtaken counts as a whole; of what was overtaken only what the person chose (rule R12). A
 * choice counts even if the method no longer needs a person.
 */
async function waitingFor(
  context: Context,
  row: Row,
  { method }: MethodFields,
  { waiting: chosen }: SaveInstance,
): Promise<Result<WaitingCredentials | null>> {
  if (chosen.values.length > 0 || chosen.certificate) return chosenOfOvertaken(context, row, chosen)
  return succeed(needsPerson(method) ? await pendingCredentials(context, row) : null)
}

/** A plain value that equals the stored one is no change; a typed secret always is one. */
async function onlyChanged(db: Context['db'], instanceId: string, typed: TypedValue[]): Promise<TypedValue[]> {
  if (typed.length === 0) return typed
  const rows = await db.instanceValue.findMany({
    where: { instanceId },
    select: { variableId: true, value: true },
  })
  const stored = new Map(rows.map((row) => [row.variableId, row.value]))
  return typed.filter(({ variableId, value }) =>
    value === null ? stored.has(variableId) : stored.get(variableId) !== value,
  )
}

/** Redirects only if a value used in authentication changed, there is no valid grant, or the person asks for it. */
async function saveAuthorised(
  context: Context,
  row: Row,
  settings: InstanceSettings,
  intent: SaveInstance['intent'],
  startAuthorisation: StartAuthorisation,
): Promise<Result<SaveOutcome>> {
  const needed = intent === 'authorise' ? succeed(true) : await needsAuthorisation(context, row.id, settings)
  if (!needed.ok) return needed
  if (!needed.value) return store(context, row, settings, null)
  const started = await startAuthorisation(context, { instanceId: row.id, baseRevision: row.revision, settings })
  return started.ok ? succeed({ kind: 'authorise', instanceId: row.id, ...started.value }) : started
}

/** A save without new credentials is not verified. */
async function saveVerified(
  context: Context,
  row: Row,
  { method }: MethodFields,
  settings: InstanceSettings,
  intent: SaveInstance['intent'],
): Promise<Result<SaveOutcome>> {
  const { actor } = context
  const { values, certificate } = settings
  if (values.length === 0 && certificate.kind === 'keep') return store(context, row, settings, null)
  const verified = await verifyFirst(
    actor,
    { methodId: row.methodId, instanceId: row.id, values, certificate },
    intent === 'save_without_verifying',
  )
  if (!verified.ok) return verified
  const { report, mayStore } = verified.value
  if (!mayStore) return succeed({ kind: 'unverified', report })
  const saved = await store(context, row, settings, report)
  if (!saved.ok) return saved
  if (report.outcome !== 'accepted') {
    await deleteStoredSecrets(actor, method, row.id)
    return saved
  }
  return succeed({ ...saved.value, problem: await lookUpAfterSave(actor, method, row.id) })
}

function store(
  { actor, transaction }: Context,
  row: Row,
  settings: InstanceSettings,
  report: VerificationReport | null,
): Promise<Result<Saved>> {
  return transaction(async (tx) => {
    const applied = await applyInstanceSettings(tx, actor, { instanceId: row.id, baseRevision: row.revision }, settings)
    if (!applied.ok) return applied
    if (actor.kind === 'person') await endOwnPending(tx, row.id, actor.userId)
    else await forgetLinkSettings(tx, actor, row.id)
    if (report) await recordVerification(tx, actor, row.id, report, 'save')
    return succeed<Saved>({
      kind: 'saved',
      instanceId: row.id,
      verified: report?.outcome === 'accepted',
      problem: null,
    })
  })
}
