import { renderTemplate } from '../templates/render-template'
import { succeed, type Result } from '../result'
import { SecretBook } from '../secret-book'
import { parseTemplate } from '../templates/parse-template'
import { definitionsInForce, scopeOf } from '../variables/resolve-variables'
import { withDerivedValues } from '../authentication/derived-values'
import { unusedVariablesOf } from '../authentication/unused-variables'
import { makePlaceholders, requestPlaceholders, type PlaceholderInput } from './placeholders'

export type TemplatePreview = Result<string>

/**
 * What a template of a method becomes: plain values filled in, secrets masked, `{{ key }}` where a value is missing.
 * Rendered as it is while a request is built; only the request itself is not there yet.
 */
export function previewTemplate(source: string, input: PlaceholderInput): TemplatePreview {
  const template = parseTemplate(source)
  if (!template.ok) return template
  const { options } = input.method
  const { connector, values, context, shown } = makePlaceholders(input)
  const unused = unusedVariablesOf(input.method)
  const scope = scopeOf(definitionsInForce({ connector, method: input.method }), values, unused)
  const secrets = new SecretBook()
  const known = {
    ...context,
    reserved: { ...context.reserved, ...requestPlaceholders },
    secrets,
  }
  const rendered = renderTemplate(template.value, scope, withDerivedValues(options, scope, known))
  return rendered.ok ? succeed(shown(rendered.value.text, secrets)) : rendered
}
