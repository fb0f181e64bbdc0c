import { variableDocument } from '@/lib/authentication-methods/document-schema'
import { planVariables } from '@/lib/authentication-methods/plan-variables'
import { displayNameOf } from '@/lib/domain/variables/variable-of-name'
import { isPlaceholder } from '../curl/placeholders'
import { definitionLimits } from '../openapi/limits'
import { labelOf, textOf } from '../openapi/texts'
import type { VariableInput } from '../openapi/variables'
import { namesIn } from './references'
import type { Secrets } from './secrets'
import type { VariableSources } from './variable-sources'

type Context = { sources: VariableSources; secrets: Secrets }

/** A variable of the collection as one of the connector. */
export function connectorVariable(name: string, key: string, { sources, secrets }: Context): VariableInput {
  const given = sources.first(name)
  const shared = sources.resolve(sources.shared(name), { name: '', variables: new Map() }) ?? ''
  const isSecret = sources.isSecret(name)
  const values = [shared, ...sources.environments.map((each) => sources.value(name, each))]
  return {
    ...{ key, displayName: labelOf(displayNameOf(secrets.redacted(name)), definitionLimits.name) || key },
    helpText: textOf(secrets.redacted(given?.description ?? ''), definitionLimits.variableText),
    ...(isSecret && { secret: true }),
    ...(values.some((value) => value.includes('\n')) && { inputKind: 'multiline' as const }),
    ...(!isSecret && shared !== '' && !isPlaceholder(shared) && { defaultValue: shared }),
  }
}

/** Without a default that the rules of variables refuse, which then is a value for an instance. */
export function soundVariable(variable: VariableInput, secrets: Secrets): VariableInput {
  const { defaultValue = '', ...rest } = variable
  if (defaultValue === '') return variable
  const read = variableDocument.safeParse(variable)
  const isStored = read.success && read.data.defaultValue === defaultValue && planVariables([], [read.data]).ok
  return isStored && !secrets.isIn(defaultValue) ? variable : rest
}

/**
 * A variable after all secrets are known: secret if one of its values contains one.
 * @param text with the variables of the collection whose value it has
 */
export function settledVariable(variable: VariableInput, text: string, { sources, secrets }: Context): VariableInput {
  const { defaultValue = '', ...rest } = variable
  const values = sources.environments.map((environment) => sources.resolve(text, environment) ?? '')
  const isSecret = namesIn(text).some((name) => sources.isSecret(name)) || secrets.isIn([defaultValue, ...values])
  const readable = {
    ...(variable.displayName !== undefined && { displayName: secrets.redacted(variable.displayName) }),
    ...(variable.helpText !== undefined && { helpText: secrets.redacted(variable.helpText) }),
  }
  return isSecret ? { ...rest, ...readable, secret: true } : { ...variable, ...readable }
}
