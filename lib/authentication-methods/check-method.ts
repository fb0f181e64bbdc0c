import { succeed, refuse, type Result } from '@/lib/domain/result'
import type { AuthenticationType } from '@/lib/domain/vocabulary'
import { fieldErrorsOf } from '@/lib/platform/forms/form-state'
import { checkOptionTexts, type StoredOptions } from './check/options'
import { checkParameters } from './check/parameters'
import { checkPhases } from './check/phases'
import { optionsSchemas } from '@/lib/domain/authentication/options-of-type'
import type { SaveMethod } from './schema'

/**
 * Checks a method before it is saved: its options match its type, templates can be parsed, URLs can be split into their
 * parts, headers and response locations are valid, and the definition contains no literal secret (rule R10). An error
 * names the field as the form does (`phases.exchange.url`, `parameters.2.key`, `options.placement.value`).
 * @param variableKeys keys of the method's own variables and of the connector variables it uses
 * @returns the options to store
 */
export function checkMethod(
  type: AuthenticationType,
  input: Pick<SaveMethod, 'options' | 'phases' | 'parameters'>,
  variableKeys: readonly string[] = [],
): Result<object> {
  const options = checkOptions(type, input.options)
  if (!options.ok) return options
  const requests = input.phases.filter(({ kind }) => kind === 'exchange').length
  const checks = [
    () => checkPhases(type, input.phases),
    () => checkParameters(type, input.parameters, input.phases),
    () => checkOptionTexts(options.value as StoredOptions, { variableKeys, requests }),
  ]
  for (const check of checks) {
    const checked = check()
    if (!checked.ok) return checked
  }
  return options
}

function checkOptions(type: AuthenticationType, options: unknown): Result<object> {
  const parsed = optionsSchemas[type].safeParse(options)
  if (parsed.success) return succeed(parsed.data)
  const [field = '', message = ''] = Object.entries(fieldErrorsOf(parsed.error))[0] ?? []
  return refuse('invalid_input', message, `options.${field}`)
}
