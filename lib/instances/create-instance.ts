import 'server-only'
import { startAuthorisation, type Started } from '@/lib/authorisations/start-authorisation'
import { operation, type Context } from '@/lib/operations/operation'
import { needsPerson } from '@/lib/domain/authentication/needs-person'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { lookUpAfterSave } from '@/lib/verification/after-connect'
import { draftCredentials } from '@/lib/credentials/credentials'
import { instanceDetailsOf, type InstanceDetails } from '@/lib/credentials/instance-details'
import type { CertificateChange, InstanceSettings, TypedValue } from '@/lib/credentials/instance-settings'
import { checkNameFree } from './check-name'
import { checkNothingMissing, checkTypedValues } from './check-values'
import { removeInstance } from './remove-instance'
import { insertInstance } from './insert-instance'
import { loadFields, type MethodFields } from './load-fields'
import { readCertificateChange } from './read-certificate-change'
import { createInstanceSchema, type CreateInstance } from './schema'
import { verifyFirst } from './verify-first'
import { saveOutcome, type SaveOutcome } from './outcomes'

/** Starts an authorisation in the browser of the request, which tests do not have. A program gets a link. */
export type StartAuthorisation = (
  context: Context,
  input: { instanceId: string; baseRevision: number; settings: InstanceSettings },
) => Promise<Result<Started>>

type Checked = { fields: MethodFields; details: InstanceDetails; values: TypedValue[]; certificate: CertificateChange }

/**
 * *Add instance*: with any method of the connector (rule R5). Its credentials are verified before they are stored (rule
 * R6). If a person has to authorise, it is stored as *Awaiting authorisation*, and the authorisation starts.
 */
export const createInstanceWith = (startAuthorisation: StartAuthorisation) =>
  operation({
    name: 'create_instance',
    permission: 'change',
    input: createInstanceSchema,
    output: saveOutcome,
    run: async (context, input): Promise<Result<SaveOutcome>> => {
      const { actor } = context
      const checked = await check(context, input)
      if (!checked.ok) return checked
      const { fields, values, certificate } = checked.value
      if (needsPerson(fields.method)) return createAwaiting(context, checked.value, startAuthorisation)
      const tried = await verifyFirst(
        actor,
        { methodId: input.methodId, instanceId: null, values, certificate },
        input.withoutVerifying,
      )
      if (!tried.ok) return tried
      const { report, mayStore } = tried.value
      if (!mayStore) return succeed({ kind: 'unverified', report })
      const inserted = await insertInstance(context, {
        ...ownersOf(fields),
        details: checked.value.details,
        stored: { values, certificate, report },
      })
      if (!inserted.ok) return inserted
      const verified = report.outcome === 'accepted'
      const problem = verified ? await lookUpAfterSave(actor, fields.method, inserted.value) : null
      return succeed({ kind: 'saved', instanceId: inserted.value, verified, problem })
    },
  })

export const createInstance = createInstanceWith(startAuthorisation)

async function check({ db, workspaceId }: Context, input: CreateInstance): Promise<Result<Checked>> {
  const fields = await loadFields(workspaceId, input.methodId)
  if (fields?.connector.id !== input.connectorId) {
    return refuse(
      'not_found',
      'This authentication method does not exist on this connector; it may have been deleted. Choose another.',
      'methodId',
    )
  }
  const values = checkTypedValues(fields.all, input.values)
  if (!values.ok) return values
  const complete = checkNothingMissing(fields.all, values.value)
  if (!complete.ok) return complete
  const certificate = readCertificateChange(input.certificate, new Date())
  if (!certificate.ok) return certificate
  const details = instanceDetailsOf(input.details)
  const free = await checkNameFree(db, fields.connector, details.name)
  if (!free.ok) return free
  return succeed({ fields, details, values: values.value, certificate: certificate.value })
}

function ownersOf({ connector, method }: MethodFields) {
  return { connector: { id: connector.id, name: connector.name }, method: { id: method.id, name: method.name } }
}

/**
 * Creates the row first, because the authorisation belongs to it. If the authorisation cannot start, the row is
 * removed.
 */
async function createAwaiting(
  context: Context,
  { fields, details, values, certificate }: Checked,
  startAuthorisation: StartAuthorisation,
): Promise<Result<SaveOutcome>> {
  const { actor } = context
  const draft = await draftCredentials(actor.workspaceId, {
    methodId: fields.method.id,
    instanceId: null,
    values,
    certificate,
  })
  if (!draft.ok) return draft
  const inserted = await insertInstance(context, { ...ownersOf(fields), details, stored: null })
  if (!inserted.ok) return inserted
  const instanceId = inserted.value
  const started = await startAuthorisation(context, {
    instanceId,
    baseRevision: 1,
    settings: { ...details, values, certificate },
  })
  if (started.ok) return succeed({ kind: 'authorise', instanceId, ...started.value })
  await removeInstance(context, instanceId)
  return started
}
