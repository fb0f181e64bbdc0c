import { formEncodePairs, utf8, xmlEscape } from '../encoding'
import { renderJsonBody } from './json-body'
import { refuse, succeed, type Result } from '../result'
import { namesMissingValue, renderParts, renderTemplate } from '../templates/render-template'
import { parseTemplate } from '../templates/parse-template'
import type { Template, TemplateContext, TemplatePart, TemplateScope } from '../templates/template'
import { readQuery, type QueryTemplate } from '../urls/url-template'
import type { BodyFormat } from '../vocabulary'

/** A request's body: the template is split by its format first, then values go in as data. */

export type BodyInput = {
  format: BodyFormat
  /** Template of the whole body; forms may have one as well, written like a query. */
  template: string
  /** Already rendered body parameters. */
  parameters: readonly (readonly [key: string, value: string])[]
  scope: TemplateScope
  context: TemplateContext
}

export type RenderedBody = { body: string | Uint8Array | null; contentType: string | null }

const noBody: RenderedBody = { body: null, contentType: null }

export function renderBody(input: BodyInput): Result<RenderedBody> {
  const template = parseTemplate(input.template)
  if (!template.ok) return template
  const render = renderers[input.format]
  return render(template.value, input)
}

type Renderer = (template: Template, input: BodyInput) => Result<RenderedBody>

const renderers: Record<BodyFormat, Renderer> = {
  none: (_template, input) => withoutParameters(input, 'has no body', () => succeed(noBody)),
  json: renderJson,
  form: (template, input) => {
    const pairs = formPairs(template, input)
    return pairs.ok
      ? succeed({ body: formEncodePairs(pairs.value), contentType: 'application/x-www-form-urlencoded' })
      : pairs
  },
  multipart: (template, input) => {
    const pairs = formPairs(template, input)
    return pairs.ok ? succeed(multipart(pairs.value)) : pairs
  },
  xml: (template, input) => withoutParameters(input, 'has an XML body', () => renderXml(template, input)),
  text: (template, input) =>
    withoutParameters(input, 'has a text body', () => renderPlain(template, input, 'text/plain; charset=utf-8')),
  raw: (template, input) => withoutParameters(input, 'has a raw body', () => renderPlain(template, input, null)),
}

function withoutParameters(input: BodyInput, why: string, render: () => Result<RenderedBody>): Result<RenderedBody> {
  const [first] = input.parameters
  if (!first) return render()
  return refuse(
    'invalid_input',
    `${first[0]} is to be sent in the body, but this request ${why}. Choose the body format JSON or a form, or send it elsewhere.`,
  )
}

function renderJson(template: Template, { parameters, scope, context }: BodyInput): Result<RenderedBody> {
  if (template.source.trim() === '' && parameters.length === 0) return succeed(noBody)
  const body = renderJsonBody(template, parameters, scope, context)
  return body.ok ? succeed({ body: body.value, contentType: 'application/json' }) : body
}

function formPairs(template: Template, { parameters, scope, context }: BodyInput): Result<[string, string][]> {
  const pairs: [string, string][] = []
  for (const pair of readQuery(template.parts)) {
    const rendered = formPair(pair, scope, context)
    if (!rendered.ok) return rendered
    if (rendered.value) pairs.push(rendered.value)
  }
  return succeed([...pairs, ...parameters.map(([key, value]): [string, string] => [key, value])])
}

/** A form template is written as it is sent (`a=b%20c&d={{ x }}`): its own text is decoded, values are data. */
function formPair(
  { key, value }: QueryTemplate,
  scope: TemplateScope,
  context: TemplateContext,
): Result<[string, string] | null> {
  const missing = namesMissingValue([...key, ...(value ?? [])], scope, context)
  if (!missing.ok) return missing
  if (missing.value) return succeed(null)
  const plain = (parts: readonly TemplatePart[]) =>
    renderParts(parts.map(decodeText), scope, context, (text) => succeed(text))
  const name = plain(key)
  if (!name.ok) return name
  const text = plain(value ?? [])
  return text.ok ? succeed([name.value, text.value]) : text
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

/** RFC 7578, names written as browsers write them (WHATWG HTML: multipart/form-data encoding algorithm). */
function multipart(pairs: readonly (readonly [string, string])[]): RenderedBody {
  const content = pairs.flat().join('\n')
  let number = 0
  while (content.includes(boundaryOf(number))) number += 1
  const boundary = boundaryOf(number)
  const parts = pairs.map(
    ([key, value]) =>
      `--${boundary}\r\nContent-Disposition: form-data; name="${multipartName(key)}"\r\n\r\n${value}\r\n`,
  )
  return {
    body: utf8(`${parts.join('')}--${boundary}--\r\n`),
    contentType: `multipart/form-data; boundary=${boundary}`,
  }
}

function boundaryOf(number: number): string {
  return `----patchbay-form-${number}`
}

function multipartName(key: string): string {
  return key.replaceAll('\r', '%0D').replaceAll('\n', '%0A').replaceAll('"', '%22')
}

function renderXml(template: Template, { scope, context }: BodyInput): Result<RenderedBody> {
  const body = renderParts(template.parts, scope, context, (text) => {
    // XML 1.0 §2.2: these cannot be written in XML at all, not even escaped.
    if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(text)) {
      return refuse('invalid_value', 'A value has a control character in it that XML cannot hold.')
    }
    return succeed(xmlEscape(text))
  })
  return body.ok
    ? succeed(body.value === '' ? noBody : { body: body.value, contentType: 'application/xml; charset=utf-8' })
    : body
}

function renderPlain(
  template: Template,
  { scope, context }: BodyInput,
  contentType: string | null,
): Result<RenderedBody> {
  const body = renderTemplate(template, scope, context)
  return body.ok ? succeed(body.value === '' ? noBody : { body: body.value, contentType }) : body
}
