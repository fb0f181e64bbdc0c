import type { z } from 'zod'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { findLiteralSecret, literalSecretMessage } from '@/lib/domain/variables/literal-secrets'
import { variableOfName } from '@/lib/domain/variables/variable-of-name'
import { validateVariableDefinition } from '@/lib/domain/variables/variable-rules'
import type { createEndpointSchema } from './schema'

type NewVariable = z.output<typeof createEndpointSchema>['variables'][number]

/** The variables of a new endpoint, checked by the same rules as on the tab *Variables*. */
export function newVariables(given: readonly NewVariable[]): Result<ReturnType<typeof variableOfName>[]> {
  const keys = new Set<string>()
  const variables: ReturnType<typeof variableOfName>[] = []
  for (const [index, fields] of given.entries()) {
    const field = `variables.${index}.key`
    if (keys.has(fields.key)) return refuse('invalid_input', `The variable ${fields.key} is listed twice.`, field)
    keys.add(fields.key)
    const variable = { ...variableOfName(fields.key), ...fields }
    const sound = validateVariableDefinition(variable)
    if (!sound.ok) return refuse(sound.error.code, sound.error.message, field)
    const literal = findLiteralSecret(variable.defaultValue, variable.key)
    if (literal) return refuse('literal_secret', literalSecretMessage(literal), `variables.${index}.defaultValue`)
    variables.push(variable)
  }
  return succeed(variables)
}
