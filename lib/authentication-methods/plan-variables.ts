import type { DefaultVariable } from '@/lib/domain/authentication/types'
import { findLiteralSecret, literalSecretMessage } from '@/lib/domain/variables/literal-secrets'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { checkLockedEdit, validateVariableDefinition } from '@/lib/domain/variables/variable-rules'
import type { VariableFields } from './document-schema'

/** By key: changes to the type's own variables (those that a locked one allows), and further ones. */
export function planVariables(
  defaults: readonly DefaultVariable[],
  given: readonly VariableFields[],
): Result<DefaultVariable[]> {
  const planned = new Map(defaults.map((variable) => [variable.key, variable]))
  const seen = new Set<string>()
  for (const [index, fields] of given.entries()) {
    const field = `variables.${index}`
    if (seen.has(fields.key)) return refuse('invalid_input', `The variable ${fields.key} stands there twice.`, field)
    seen.add(fields.key)
    const variable = planVariable(planned.get(fields.key), fields)
    if (!variable.ok)
      return { ok: false, error: { ...variable.error, field: `${field}.${variable.error.field ?? 'key'}` } }
    planned.set(fields.key, variable.value)
  }
  return succeed([...planned.values()])
}

function planVariable(before: DefaultVariable | undefined, fields: VariableFields): Result<DefaultVariable> {
  const variable = { ...(before ?? newVariable(fields.key)), ...fields } as DefaultVariable
  const sound = validateVariableDefinition(variable)
  if (!sound.ok) return sound
  const locked = before
    ? checkLockedEdit({ ...before, id: '', level: 'method' }, withoutMoreAsked(before, variable))
    : succeed(null)
  if (!locked.ok) return locked
  const literal = findLiteralSecret(variable.defaultValue, variable.key)
  return literal ? refuse('literal_secret', literalSecretMessage(literal), 'defaultValue') : succeed(variable)
}

/**
 * A document may ask for more of a locked variable, a form or a value where none was needed, never for less (rule R13).
 */
function withoutMoreAsked(
  before: DefaultVariable,
  { locked: _locked, ...variable }: DefaultVariable,
): Omit<DefaultVariable, 'locked'> {
  const pattern = before.pattern === '' ? '' : variable.pattern
  return { ...variable, pattern, required: variable.required && before.required }
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
