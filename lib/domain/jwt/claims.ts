import type { JwtOptions } from '../method-options/options-schema'
import type { ClaimKind } from '../method-options/option-choices'
import { renderJsonBody } from '../content/json-body'
import { refuse, succeed, type Result } from '../result'
import { renderUnlessEmpty } from '../templates/render-template'
import { parseTemplate } from '../templates/parse-template'
import type { Template, TemplateContext, TemplateScope } from '../templates/template'

/** The name of a claim and its value as JSON. */
export type RenderedClaim = [name: string, json: string]

type Input = { scope: TemplateScope; context: TemplateContext }

/** Always numbers, whatever the method says. @see RFC 7519 §2, NumericDate */
const numericDates = ['exp', 'nbf', 'iat', 'auth_time']

/** The claims of a method. A claim without a value is left out. */
export function renderClaims(rows: JwtOptions['claims'], input: Input): Result<RenderedClaim[]> {
  const claims = new Map<string, string>()
  for (const { name, value, kind } of rows) {
    const json = renderClaim(name, value, numericDates.includes(name) ? 'number' : kind, input)
    if (!json.ok) return refuse(json.error.code, `The claim ${name} of the JWT: ${json.error.message}`)
    if (json.value !== null) claims.set(name, json.value)
  }
  return succeed([...claims])
}

function renderClaim(name: string, source: string, kind: ClaimKind, input: Input): Result<string | null> {
  if (name.trim() === '') return refuse('invalid_input', 'it has no name.')
  const template = parseTemplate(source)
  if (!template.ok) return template
  if (kind === 'json') return renderJson(template.value, input)
  const text = renderUnlessEmpty(template.value, input.scope, input.context)
  if (!text.ok) return text
  return text.value === null || text.value.text === '' ? succeed(null) : writers[kind](text.value.text)
}

function renderJson(template: Template, { scope, context }: Input): Result<string | null> {
  if (template.source.trim() === '') return succeed(null)
  const empty = renderUnlessEmpty(template, scope, context)
  if (!empty.ok) return empty
  if (isOneOutput(template) && !empty.value?.text) return succeed(null)
  const json = renderJsonBody(template, [], scope, context)
  return json.ok ? succeed(json.value.text) : json
}

/** `{{ claims }}` without a value leaves out the claim; inside an object, only the property. */
function isOneOutput({ parts }: Template): boolean {
  return (
    parts.filter((part) => part.kind !== 'text' || part.text.trim() !== '').length === 1 &&
    parts.some((part) => part.kind !== 'text')
  )
}

const writers: Record<Exclude<ClaimKind, 'json'>, (text: string) => Result<string>> = {
  text: (text) => succeed(JSON.stringify(text)),
  number: (text) =>
    /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text.trim())
      ? succeed(text.trim())
      : refuse('invalid_value', 'it is not a number.'),
  list: (text) => succeed(JSON.stringify(itemsIn(text))),
}

/** Items are separated by spaces; a JSON string in double quotes is one item. */
function itemsIn(text: string): string[] {
  return [...text.matchAll(/"(?:[^"\\]|\\.)*"(?!\S)|\S+/g)].map(([item]) => {
    if (!/^".*"$/s.test(item)) return item
    try {
      return String(JSON.parse(item))
    } catch {
      return item
    }
  })
}
