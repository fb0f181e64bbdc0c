import type { PhaseDefinition, VariableDefinition } from '../definitions'
import { variableLimits } from '../variables/value-rules'
import type { MethodOptions } from './options-schema'

type Method = {
  options: Partial<Pick<MethodOptions, 'kept' | 'keptFromCallback'>>
  phases: readonly Pick<PhaseDefinition, 'kind' | 'extract'>[]
}

/** A variable that a token response, a callback or a lookup fills. It is never shown in a form. */
export type ResponseVariable = Omit<VariableDefinition, 'id' | 'level'>

/**
 * One variable for each value that a method stores, so that templates can use it.
 * @param isUrl whether the variable of this key contains a URL
 */
export function responseVariables(
  { options, phases }: Method,
  isUrl: (key: string) => boolean = () => false,
): ResponseVariable[] {
  const lookups = phases.filter(({ kind }) => kind === 'after_connect').flatMap(({ extract }) => extract ?? [])
  const callback = (options.keptFromCallback ?? []).map(({ variable }) => ({ variable, secret: false }))
  const secrets = new Map(
    [...callback, ...(options.kept ?? []), ...lookups].map(({ variable, secret }) => [variable, secret]),
  )
  return [...secrets].filter(([key]) => key !== '').map(([key, secret]) => responseVariable(key, secret, isUrl(key)))
}

/**
 * The keys that responses to token requests and lookups fill. They are never typed, and a new exchange starts without
 * their values.
 */
export function keysFromResponses(
  phases: readonly Pick<PhaseDefinition, 'kind' | 'extract'>[],
  kept: MethodOptions['kept'],
): string[] {
  const extracted = phases
    .filter(({ kind }) => kind === 'exchange' || kind === 'after_connect')
    .flatMap(({ extract }) => extract ?? [])
  return [...kept, ...extracted].map(({ variable }) => variable)
}

/** An additional token may be long, such as a JWT with many claims. */
export const longestToken = 32_768

export function fitsStoredValue(value: string, secret: boolean): boolean {
  return value.length <= (secret ? longestToken : variableLimits.value)
}

function responseVariable(key: string, secret: boolean, isUrl: boolean): ResponseVariable {
  return {
    ...{
      key,
      secret,
      displayName: key,
      helpText: 'Stored from a response.',
      alias: '',
      defaultValue: '',
    },
    ...{
      required: false,
      configurable: false,
      advanced: false,
      locked: false,
      inputKind: isUrl ? 'url' : 'text',
      options: [],
      pattern: '',
    },
  }
}
