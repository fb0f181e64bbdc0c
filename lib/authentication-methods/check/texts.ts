import { checkSource, parseSource } from '@/lib/domain/responses/response-source'
import { checkHeaderName, checkHeaderTemplate } from '@/lib/domain/content/headers'
import { findLiteralSecret } from '@/lib/domain/variables/literal-secrets'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { parseTemplate } from '@/lib/domain/templates/parse-template'
import { isReservedName } from '@/lib/domain/templates/template'

/** Checks of single texts of a definition. Each error names the field that is passed in. */

/** The first error of several checks. */
export function firstRefusal(checks: Iterable<() => Result<unknown>>): Result<null> {
  for (const check of checks) {
    const checked = check()
    if (!checked.ok) return checked
  }
  return succeed(null)
}

/** Adds the field to an error that has none. */
export function at(field: string, result: Result<unknown>): Result<null> {
  return result.ok ? succeed(null) : refuse(result.error.code, result.error.message, field)
}

/** @param name the name under which the text is sent or stored: a literal in a field called password is a secret */
export function checkTemplate(source: string, name: string, field: string): Result<null> {
  const template = parseTemplate(source)
  return template.ok ? refuseLiteralSecret(source, name, field) : at(field, template)
}

export function refuseLiteralSecret(text: string, name: string | undefined, field: string): Result<null> {
  if (!findLiteralSecret(text, name)) return succeed(null)
  return refuse(
    'literal_secret',
    'This looks like a secret, which must not be part of a definition. Add a secret variable, use {{ its_key }} here, and enter the value on the instance.',
    field,
  )
}

/** Checks a header's name (`<field>.key`) and value (`<field>.value`). */
export function checkHeader({ key, value }: { key: string; value: string }, field: string): Result<null> {
  const name = at(`${field}.key`, checkHeaderName(key))
  if (!name.ok) return name
  const template = parseTemplate(value)
  return at(`${field}.value`, template.ok ? checkHeaderTemplate(key, template.value) : template)
}

/** @param requests the number of token requests; null for a request with a single response */
export function checkResponseSource(text: string, requests: number | null, field: string): Result<null> {
  const checked = checkSource(text)
  if (!checked.ok) return at(field, checked)
  const source = text.includes('{{') ? null : parseSource(text)
  const step = source?.ok ? source.value.step : null
  if (step === null) return succeed(null)
  if (requests === null)
    return refuse('invalid_input', 'This path is looked up in this request’s own response: remove step….', field)
  if (step <= Math.max(1, requests)) return succeed(null)
  return refuse('invalid_input', `There is no token request ${step}: this method has ${Math.max(1, requests)}.`, field)
}

/** Checks the key of a stored or computed value, which must be unique in its list. */
export function checkOwnKey(key: string, earlier: readonly string[], field: string): Result<null> {
  if (isReservedName(key))
    return refuse('invalid_input', `“${key}” is filled in by Patchbay. Choose another key.`, field)
  if (earlier.includes(key)) return refuse('invalid_input', `“${key}” is listed twice.`, field)
  return succeed(null)
}
