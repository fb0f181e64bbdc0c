import { succeed, type Result } from '../result'
import { strongest, type Secrecy } from '../secrecy'
import { namesMissingValue } from '../templates/render-output'
import { asItIs, renderParts } from '../templates/render-template'
import type { Template, TemplateContext, TemplatePart, TemplateScope } from '../templates/template'
import { readQuery, type QueryTemplate } from '../urls/url-template'

/** Renders the pairs of a form: its template is split like a query first, then values are inserted as data. */

type FormInput = {
  parameters: readonly (readonly [key: string, value: string])[]
  scope: TemplateScope
  context: TemplateContext
}

export type FilledForm = { pairs: [string, string][]; secrecy: Secrecy }

/** @param parameters rendered, to add after the pairs of the template */
export function fillForm(template: Template, { parameters, scope, context }: FormInput): Result<FilledForm> {
  const pairs: [string, string][] = []
  let secrecy: Secrecy = 'none'
  for (const pair of readQuery(template.parts)) {
    const rendered = formPair(pair, scope, context)
    if (!rendered.ok) return rendered
    if (rendered.value === null) continue
    pairs.push(rendered.value.pair)
    secrecy = strongest(secrecy, rendered.value.secrecy)
  }
  return succeed({ pairs: [...pairs, ...parameters.map(([key, value]): [string, string] => [key, value])], secrecy })
}

/** A form template is written as it is sent (`a=b%20c&d={{ x }}`): its text is decoded, values are data. */
function formPair(
  { key, value }: QueryTemplate,
  scope: TemplateScope,
  context: TemplateContext,
): Result<{ pair: [string, string]; secrecy: Secrecy } | null> {
  const missing = namesMissingValue([...key, ...(value ?? [])], scope, context)
  if (!missing.ok) return missing
  if (missing.value) return succeed(null)
  const render = (parts: readonly TemplatePart[]) => renderParts(parts.map(decodeText), scope, context, asItIs)
  const name = render(key)
  if (!name.ok) return name
  const text = render(value ?? [])
  if (!text.ok) return text
  return succeed({
    pair: [name.value.text, text.value.text],
    secrecy: strongest(name.value.secrecy, text.value.secrecy),
  })
}

function decodeText(part: TemplatePart): TemplatePart {
  if (part.kind !== 'text') return part
  const escaped = part.text
    .replace(/[\r\n]+/g, '')
    .replace(/%(?![0-9A-Fa-f]{2})/g, '%25')
    .replaceAll('&', '%26')
    .replaceAll('=', '%3D')
  return { kind: 'text', text: new URLSearchParams(`x=${escaped}`).get('x') ?? '' }
}
