import { renderTemplate } from '../templates/render-template'
import { succeed, type Result } from '../result'
import { SecretBook } from '../secret-book'
import { parseTemplate } from '../templates/parse-template'
import { effectiveDefinitions, scopeOf } from '../variables/resolve-variables'
import { withDerivedValues } from '../authentication/derived-values'
import { unusedVariablesOf } from '../authentication/unused-variables'
import { makePlaceholders, requestPlaceholders, type PlaceholderInput } from './placeholders'

export type TemplatePreview = Result<string>

/**
 * Previews a template of a method: plain values are filled in, secrets are masked, and missing values are shown as
 * `{{ key }}`. It is rendered as for a real request, but without one.
 */
export function previewTemplate(source: string, input: PlaceholderInput): TemplatePreview {
  const template = parseTemplate(source)
  if (!template.ok) return template
  const { options } = input.method
  const { connector, values, context, shown } = makePlaceholders(input)
  const unused = unusedVariablesOf(input.method)
  const scope = scopeOf(effectiveDefinitions({ connector, method: input.method }), values, unused)
  const secrets = new SecretBook()
  const known = {
    ...context,
    reserved: { ...context.reserved, ...requestPlaceholders },
    secrets,
  }
  const rendered = renderTemplate(template.value, scope, withDerivedValues(options, scope, known))
  return rendered.ok ? succeed(shown(rendered.value.text, secrets)) : rendered
}
