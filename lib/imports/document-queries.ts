import 'server-only'
import { planMethod, type MethodPlan } from '@/lib/authentication-methods/plan-method'
import { workspaceDb, type WorkspaceDb } from '@/lib/platform/db/client'
import { isId } from '@/lib/platform/db/is-id'
import { parameterDefinition, phaseDefinition, variableDefinition } from '@/lib/platform/db/read-definition'
import { permit, type Actor } from '@/lib/domain/access/actor'
import { foldName } from '@/lib/domain/names'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { compareVariables } from './compare-variables'
import { documentText, methodToDocument, type ExportedMethod } from './method-to-document'
import { parseConnectionDocument } from './parse-document'
import type { PreviewDocument } from './document-schema'
import { unknownNames } from './unknown-names'
import type { ExistingMethod, MethodPreview } from './document-views'

const byPosition = { orderBy: [{ position: 'asc' as const }, { id: 'asc' as const }] }

const methodParts = {
  variables: byPosition,
  parameters: byPosition,
  phases: { orderBy: [{ kind: 'asc' as const }, { step: 'asc' as const }] },
  uses: { orderBy: { position: 'asc' as const }, include: { variable: { select: { key: true } } } },
}

type MethodRow = NonNullable<Awaited<ReturnType<typeof methodRow>>>

function methodRow(db: WorkspaceDb, where: { id: string } | { connectorId: string; foldedName: string }) {
  return db.authenticationMethod.findFirst({ where, include: methodParts })
}

/** The method as a document (YAML): its definition, no value of anybody. */
export async function getMethodDocument(
  actor: Actor,
  methodId: string,
): Promise<Result<{ name: string; document: string }>> {
  const allowed = permit(actor, 'see')
  if (!allowed.ok) return allowed
  const row = isId(methodId) ? await methodRow(workspaceDb(actor.workspaceId), { id: methodId }) : null
  if (!row)
    return refuse('not_found', 'This authentication method does not exist in your workspace; it may have been deleted.')
  return succeed({ name: row.name, document: documentText(methodToDocument(exported(row))) })
}

function exported(row: MethodRow): ExportedMethod {
  const { name, type, timeoutSeconds, documentationUrl, options } = row
  return {
    ...{ name, type, timeoutSeconds, documentationUrl, options },
    variables: row.variables.map((variable) => withoutOwner(variableDefinition(variable))),
    uses: row.uses.map(({ variable, required, configurable, advanced }) => ({
      key: variable.key,
      required,
      configurable,
      advanced,
    })),
    phases: row.phases.map(phaseDefinition),
    parameters: row.parameters.map((parameter) => withoutId(parameterDefinition(parameter))),
  }
}

function withoutOwner({ id: _id, level: _level, ...variable }: ReturnType<typeof variableDefinition>) {
  return variable
}

function withoutId({ id: _id, ...parameter }: ReturnType<typeof parameterDefinition>) {
  return parameter
}

/** Reads a pasted document and says what it would add; stores nothing. */
export async function previewMethodDocument(
  actor: Actor,
  { connectorId, document }: PreviewDocument,
): Promise<Result<MethodPreview>> {
  const allowed = permit(actor, 'change')
  if (!allowed.ok) return allowed
  const db = workspaceDb(actor.workspaceId)
  const connector = await db.connector.findFirst({
    where: { id: connectorId },
    select: { variables: { where: { level: 'connector' }, select: { key: true } } },
  })
  if (!connector)
    return refuse('not_found', 'This connector does not exist in your workspace; it may have been deleted.')
  const plan = planOfText(document)
  if (!plan.ok) return plan
  const existing = await methodRow(db, { connectorId, foldedName: foldName(plan.value.name) })
  return succeed({
    ...describe(
      plan.value,
      connector.variables.map(({ key }) => key),
    ),
    existing: existing && (await compared(db, existing, plan.value)),
  })
}

async function compared(db: WorkspaceDb, row: MethodRow, plan: MethodPlan): Promise<ExistingMethod> {
  const { id, name, type, revision } = row
  const { removed, kept } = await compareVariables(db, id, plan)
  const namesOf = (variables: readonly { displayName: string }[]) => variables.map(({ displayName }) => displayName)
  const instances = await db.instance.count({ where: { methodId: id } })
  return {
    ...{ id, name, type, revision, instances },
    document: documentText(methodToDocument(exported(row))),
    removed: namesOf(removed),
    kept: namesOf(kept),
  }
}

/** A document of one method, planned. */
export function planOfText(source: string): Result<MethodPlan> {
  const document = parseConnectionDocument(source)
  if (!document.ok) return document
  if (document.value.kind === 'connector')
    return refuse('invalid_input', 'This document is a whole connector. Import it on Manage connectors.', 'document')
  const plan = planMethod(document.value)
  if (plan.ok) return plan
  const { field, message } = plan.error
  return refuse(plan.error.code, field === undefined ? message : `${field}: ${message}`, 'document')
}

function describe(plan: MethodPlan, connectorKeys: string[]): Omit<MethodPreview, 'existing'> {
  const { name, type, variables, phases } = plan
  return {
    name,
    type,
    variables: variables
      .filter(({ locked }) => !locked)
      .map(({ key, displayName, secret, required }) => ({ key, displayName, secret, required })),
    requests: phases.flatMap(({ kind, step, httpMethod, url }) =>
      url ? [{ kind, step, method: httpMethod, url }] : [],
    ),
    unknownNames: unknownNames(plan, connectorKeys),
    document: documentText(methodToDocument(plan)),
  }
}
