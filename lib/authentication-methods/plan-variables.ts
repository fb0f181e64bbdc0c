import type { DefaultVariable } from '@/lib/domain/authentication/types'
import { findLiteralSecret, literalSecretMessage } from '@/lib/domain/variables/literal-secrets'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { checkLockedEdit, checkRemoval, validateVariableDefinition } from '@/lib/domain/variables/variable-rules'
import type { VariableFields } from './document-schema'

/**
 * Applies the document's changes to the type's own variables by key, adds new variables, and removes those in
 * `without`. A locked variable cannot be removed (rule R13).
 */
export function planVariables(
  defaults: readonly DefaultVariable[],
  given: readonly VariableFields[],
  without: readonly string[] = [],
): Result<DefaultVariable[]> {
  const removable = checkWithout(defaults, given, without)
  if (!removable.ok) return removable
  const own = defaults.filter(({ key }) => !without.includes(key))
  const planned = new Map(own.map((variable) => [variable.key, variable]))
  const seen = new Set<string>()
  for (const [index, fields] of given.entries()) {
    const field = `variables.${index}`
    if (seen.has(fields.key)) return refuse('invalid_input', `The variable ${fields.key} is listed twice.`, field)
    seen.add(fields.key)
    const variable = planVariable(planned.get(fields.key), fields)
    if (!variable.ok)
      return { ok: false, error: { ...variable.error, field: `${field}.${variable.error.field ?? 'key'}` } }
    planned.set(fields.key, variable.value)
  }
  return succeed([...planned.values()])
}

function checkWithout(
  defaults: readonly DefaultVariable[],
  given: readonly VariableFields[],
  without: readonly string[],
): Result<null> {
  for (const [index, key] of without.entries()) {
    const field = `withoutVariables.${index}`
    const variable = defaults.find((own) => own.key === key)
    if (!variable) return refuse('invalid_input', `This authentication type has no variable ${key} to remove.`, field)
    const removable = checkRemoval({ ...variable, id: '', level: 'method' })
    if (!removable.ok) return refuse(removable.error.code, removable.error.message, field)
    if (given.some((fields) => fields.key === key))
      return refuse('invalid_input', `${key} is also listed in variables. Remove it from one of the two lists.`, field)
  }
  return succeed(null)
}

function planVariable(before: DefaultVariable | undefined, fields: VariableFields): Result<DefaultVariable> {
  const variable = { ...(before ?? newVariable(fields.key)), ...fields } as DefaultVariable
  const sound = validateVariableDefinition(variable)
  if (!sound.ok) return sound
  const locked = before ? checkLockedEdit({ ...before, id: '', level: 'method' }, variable) : succeed(null)
  if (!locked.ok) return locked
  const literal = findLiteralSecret(variable.defaultValue, variable.key)
  return literal ? refuse('literal_secret', literalSecretMessage(literal), 'defaultValue') : succeed(variable)
}

function newVariable(key: string): DefaultVariable {
  return {
    ...{
      key,
      displayName: key,
      helpText: '',
      alias: '',
      defaultValue: '',
      required: false,
      configurable: true,
      advanced: false,
    },
    ...{ secret: false, locked: false, inputKind: 'text', options: [], pattern: '' },
  }
}
