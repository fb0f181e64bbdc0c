import 'server-only'
import { notFound } from '@/lib/domain/refusals'
import { unknownInMethod } from '@/lib/domain/authentication/unknown-in-method'
import { authenticationTypeDefinitions } from '@/lib/domain/authentication/registry'
import type { MethodPlan } from '@/lib/authentication-methods/plan-method'
import type { WorkspaceDb } from '@/lib/platform/db/client'
import { foldName } from '@/lib/domain/names'
import { succeed } from '@/lib/domain/result'
import { compareVariables } from './compare-variables'
import { documentText } from './document-yaml'
import { methodToDocument } from './method-to-document'
import { type ExistingMethod, type MethodPreview, methodPreview } from './document-views'
import { operation } from '@/lib/operations/operation'
import { previewDocumentSchema } from './document-schema'
import { planOfText, methodRow, MethodRow, exported } from './plan-of-text'

/** Reads a pasted document and returns what it would add. Stores nothing. */
export const previewMethodDocument = operation({
  name: 'preview_method_document',
  permission: 'change',
  input: previewDocumentSchema,
  output: methodPreview,
  run: async ({ db }, { connectorId, document }) => {
    const connector = await db.connector.findFirst({
      where: { id: connectorId },
      select: { variables: { where: { level: 'connector' }, select: { key: true } } },
    })
    if (!connector) return notFound('connector')
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
  },
})

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

function describe(plan: MethodPlan, connectorKeys: string[]): Omit<MethodPreview, 'existing'> {
  const { name, type, variables, phases } = plan
  const ofTheType = authenticationTypeDefinitions[type].defaultVariables.map(({ key }) => key)
  return {
    name,
    type,
    variables: variables
      .filter(({ key }) => !ofTheType.includes(key))
      .map(({ key, displayName, secret, required }) => ({ key, displayName, secret, required })),
    requests: phases.flatMap(({ kind, step, httpMethod, url }) =>
      url ? [{ kind, step, method: httpMethod, url }] : [],
    ),
    unknownNames: unknownInMethod(plan, connectorKeys),
    document: documentText(methodToDocument(plan)),
  }
}
