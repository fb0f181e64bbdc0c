import { formEncodePairs, utf8, xmlEscape } from '../encoding'
import { fillForm, type FilledForm } from './form-body'
import { renderJsonBody } from './json-body'
import { refuse, succeed, type Result } from '../result'
import type { Rendered, Secrecy } from '../secrecy'
import { renderParts, renderTemplate } from '../templates/render-template'
import { parseTemplate } from '../templates/parse-template'
import type { Template, TemplateContext, TemplateScope } from '../templates/template'
import type { BodyFormat } from '../vocabulary'

/** Renders the body of a request: the template is split by its format first, then values are inserted as data. */

export type BodyInput = {
  format: BodyFormat
  /** Template of the whole body. The template of a form is written like a query. */
  template: string
  /** Rendered body parameters. */
  parameters: readonly (readonly [key: string, value: string])[]
  scope: TemplateScope
  context: TemplateContext
}

export type RenderedBody = {
  body: string | Uint8Array | null
  contentType: string | null
  /** The secrecy of the template. Parameters have their own. */
  secrecy: Secrecy
}

const noBody: RenderedBody = { body: null, contentType: null, secrecy: 'none' }

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
    const form = fillForm(template, input)
    if (!form.ok) return form
    const { pairs, secrecy } = form.value
    return succeed({ body: formEncodePairs(pairs), contentType: 'application/x-www-form-urlencoded', secrecy })
  },
  multipart: (template, input) => {
    const form = fillForm(template, input)
    return form.ok ? succeed(multipart(form.value)) : form
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
    `${first[0]} cannot be sent in the body, because this request ${why}. Choose the body format JSON or a form, or another location for ${first[0]}.`,
  )
}

function renderJson(template: Template, { parameters, scope, context }: BodyInput): Result<RenderedBody> {
  if (template.source.trim() === '' && parameters.length === 0) return succeed(noBody)
  const body = renderJsonBody(template, parameters, scope, context)
  if (!body.ok) return body
  const { text, secrecy } = body.value
  return succeed({ body: text, contentType: 'application/json', secrecy })
}

/** RFC 7578, with names encoded as in browsers (WHATWG HTML: multipart/form-data encoding algorithm). */
function multipart({ pairs, secrecy }: FilledForm): RenderedBody {
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
    secrecy,
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
    // XML 1.0 §2.2: these characters are not allowed in XML, not even escaped.
    if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(text)) {
      return refuse('invalid_value', 'A value contains a control character that is not allowed in XML.')
    }
    return succeed(xmlEscape(text))
  })
  return body.ok ? succeed(bodyOf(body.value, 'application/xml; charset=utf-8')) : body
}

function renderPlain(
  template: Template,
  { scope, context }: BodyInput,
  contentType: string | null,
): Result<RenderedBody> {
  const body = renderTemplate(template, scope, context)
  return body.ok ? succeed(bodyOf(body.value, contentType)) : body
}

/** Empty text means no body. */
function bodyOf({ text, secrecy }: Rendered, contentType: string | null): RenderedBody {
  return text === '' ? noBody : { body: text, contentType, secrecy }
}
