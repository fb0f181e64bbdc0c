import { checkSource, parseSource } from '@/lib/domain/responses/response-source'
import { checkHeaderName, checkHeaderTemplate } from '@/lib/domain/content/headers'
import { findLiteralSecret } from '@/lib/domain/variables/literal-secrets'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { parseTemplate } from '@/lib/domain/templates/parse-template'
import { isReservedName } from '@/lib/domain/templates/template'

/** Checks of one text of a definition, each refusing at the field it is given. */

/** The first refusal of several checks. */
export function firstRefusal(checks: Iterable<() => Result<unknown>>): Result<null> {
  for (const check of checks) {
    const checked = check()
    if (!checked.ok) return checked
  }
  return succeed(null)
}

/** The refusal of a rule that knows no field, at its field. */
export function at(field: string, result: Result<unknown>): Result<null> {
  return result.ok ? succeed(null) : refuse(result.error.code, result.error.message, field)
}

/** @param name under which the text is sent or kept: what stands in a field called password is a secret */
export function checkTemplate(source: string, name: string, field: string): Result<null> {
  const template = parseTemplate(source)
  return template.ok ? refuseLiteralSecret(source, name, field) : at(field, template)
}

export function refuseLiteralSecret(text: string, name: string | undefined, field: string): Result<null> {
  if (!findLiteralSecret(text, name)) return succeed(null)
  return refuse(
    'literal_secret',
    'This looks like a secret. A definition is shared and holds none: add a secret variable, write {{ its_key }} here, and give the value on the instance.',
    field,
  )
}

/** A header's name at `<field>.key` and its value at `<field>.value`. */
export function checkHeader({ key, value }: { key: string; value: string }, field: string): Result<null> {
  const name = at(`${field}.key`, checkHeaderName(key))
  if (!name.ok) return name
  const template = parseTemplate(value)
  return at(`${field}.value`, template.ok ? checkHeaderTemplate(key, template.value) : template)
}

/** @param requests how many token requests there are; null where an answer stands alone */
export function checkResponseSource(text: string, requests: number | null, field: string): Result<null> {
  const checked = checkSource(text)
  if (!checked.ok) return at(field, checked)
  const source = text.includes('{{') ? null : parseSource(text)
  const step = source?.ok ? source.value.step : null
  if (step === null) return succeed(null)
  if (requests === null)
    return refuse('invalid_input', 'Only the answer of this request is looked at here: leave step… out.', field)
  if (step <= Math.max(1, requests)) return succeed(null)
  return refuse('invalid_input', `There is no token request ${step}: this method has ${Math.max(1, requests)}.`, field)
}

/** The key under which a value is kept or computed: one of its own in its list. */
export function checkOwnKey(key: string, earlier: readonly string[], field: string): Result<null> {
  if (isReservedName(key)) return refuse('invalid_input', `${key} is filled at run time. Choose another key.`, field)
  if (earlier.includes(key)) return refuse('invalid_input', `${key} stands there twice.`, field)
  return succeed(null)
}
