import 'server-only'
import { storedFields } from '@/lib/authentication-methods/stored-fields'
import { planMethod, type MethodPlan } from '@/lib/authentication-methods/plan-method'
import type { WorkspaceDb } from '@/lib/platform/db/client'
import { parameterDefinition, phaseDefinition, variableDefinition } from '@/lib/platform/db/read-definition'
import { refuse, type Result } from '@/lib/domain/result'
import type { ExportedMethod } from './method-to-document'
import { parseConnectionDocument } from './parse-document'

export const byPosition = { orderBy: [{ position: 'asc' as const }, { id: 'asc' as const }] }

export const methodParts = {
  variables: byPosition,
  parameters: byPosition,
  phases: { orderBy: [{ kind: 'asc' as const }, { step: 'asc' as const }] },
  uses: { orderBy: { position: 'asc' as const }, include: { variable: { select: { key: true } } } },
}

export type MethodRow = NonNullable<Awaited<ReturnType<typeof methodRow>>>

export function methodRow(db: WorkspaceDb, where: { id: string } | { connectorId: string; foldedName: string }) {
  return db.authenticationMethod.findFirst({ where, include: methodParts })
}

export function exported(row: MethodRow): ExportedMethod {
  return {
    ...storedFields(row),
    type: row.type,
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

export function withoutOwner({ id: _id, level: _level, ...variable }: ReturnType<typeof variableDefinition>) {
  return variable
}

export function withoutId({ id: _id, ...parameter }: ReturnType<typeof parameterDefinition>) {
  return parameter
}

/** Plans the method of a document. */
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
