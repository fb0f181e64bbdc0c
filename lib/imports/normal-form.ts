import type { VariableFields } from '@/lib/authentication-methods/document-schema'
import type { DefaultVariable } from '@/lib/domain/authentication/types'
import type { VariableDefinition } from '@/lib/domain/definitions'
import { isObject } from '@/lib/domain/is-object'
import { sameJson } from '@/lib/domain/same-json'

/** The normal form of documents: what equals its default is omitted, so that two documents can be compared. */

export type ExportedVariable = Omit<VariableDefinition, 'id' | 'level'>

const newVariable = {
  helpText: '',
  alias: '',
  defaultValue: '',
  required: false,
  configurable: true,
  advanced: false,
  secret: false,
  inputKind: 'text',
  options: [],
  pattern: '',
}

/** Null for a variable that equals the type's default. */
export function variableFields(
  variable: ExportedVariable,
  defaults: readonly DefaultVariable[],
): VariableFields | null {
  const usual = defaults.find(({ key }) => key === variable.key)
  const { key, locked: _locked, ...fields } = variable
  const changes = changed(fields, usual ?? { ...newVariable, displayName: key })
  return usual && Object.keys(changes).length === 0 ? null : ({ key, ...changes } as VariableFields)
}

/** The fields that differ from their defaults; of an object, its fields that do. */
export function changed(given: object, usual: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) =>
      changedField(name, value, (usual as Record<string, unknown>)[name]),
    ),
  )
}

function changedField(name: string, value: unknown, usual: unknown): [string, unknown][] {
  if (sameJson(value, usual)) return []
  const nested = isObject(value) && isObject(usual) && name !== 'placement'
  return [[name, nested ? changed(value, usual) : value]]
}

/** Removes empty fields. */
export function withoutEmpty(fields: Record<string, unknown>): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => !isEmpty(value)))
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return true
  return typeof value === 'object' && Object.keys(value).length === 0
}
