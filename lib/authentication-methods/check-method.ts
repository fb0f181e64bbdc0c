import 'server-only'
import { succeed, refuse, type Result } from '@/lib/domain/result'
import type { AuthenticationType } from '@/lib/domain/vocabulary'
import { fieldErrorsOf } from '@/lib/platform/forms/form-state'
import { checkOptionTexts, type StoredOptions } from './check/options'
import { checkParameters } from './check/parameters'
import { checkPhases } from './check/phases'
import { optionsSchemas } from '@/lib/domain/authentication/options-of-type'
import type { SaveMethod } from './schema'

/**
 * What must hold of a method before it is saved: options as its type reads them, templates that parse, URLs that can be
 * split into their parts, headers that are headers, sources that can be looked up, and no literal secret in the
 * definition (rule R10). The refusal names the field as the form does (`phases.exchange.url`, `parameters.2.key`,
 * `options.placement.value`).
 * @param variableKeys of the method's own variables and the connector variables it uses
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
