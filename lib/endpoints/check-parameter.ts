import { checkCookieName } from '@/lib/domain/content/cookies'
import { checkHeaderName, checkHeaderTemplate } from '@/lib/domain/content/headers'
import { findLiteralSecret, literalSecretMessage } from '@/lib/domain/variables/literal-secrets'
import { refuse, succeed, type Refusal, type Result } from '@/lib/domain/result'
import { parseTemplate } from '@/lib/domain/templates/parse-template'
import type { EndpointParameter } from './schema'

type Parameter = Pick<EndpointParameter, 'place' | 'key' | 'value'>

/**
 * Checks a parameter of an endpoint or a connector: its template can be parsed, its header or cookie is valid, and it
 * contains no literal secret (rule R10).
 * @param field its name in the form, for example `parameters.2`
 */
export function checkParameter(parameter: Parameter, field: string): Result<null> {
  const { key, value, place } = parameter
  return firstRefusal([
    () => atField(checkKey(place, key), `${field}.key`),
    () => atField(checkValue(parameter), `${field}.value`),
    () => refuseLiteralSecret(value, key, `${field}.value`),
  ])
}

function checkKey(place: Parameter['place'], key: string): Result<unknown> {
  if (place === 'header') return checkHeaderName(key)
  return place === 'cookie' ? checkCookieName(key) : succeed(null)
}

function checkValue({ place, key, value }: Parameter): Result<unknown> {
  const template = parseTemplate(value)
  return template.ok && place === 'header' ? checkHeaderTemplate(key, template.value) : template
}

export function refuseLiteralSecret(text: string, fieldName: string | undefined, field: string): Result<null> {
  const literal = findLiteralSecret(text, fieldName)
  return literal ? refuse('literal_secret', literalSecretMessage(literal), field) : succeed(null)
}

export function atField(result: Result<unknown>, field: string): Result<null> {
  return result.ok ? succeed(null) : refuse(result.error.code, result.error.message, field)
}

export function firstRefusal(checks: (() => Result<null, Refusal>)[]): Result<null> {
  for (const check of checks) {
    const result = check()
    if (!result.ok) return result
  }
  return succeed(null)
}
