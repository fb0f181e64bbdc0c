import { checkJsonTemplate } from '@/lib/domain/content/json-template'
import { checkJsonPath } from '@/lib/domain/responses/json-path'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { parseTemplate } from '@/lib/domain/templates/parse-template'
import { checkUrlTemplate } from '@/lib/domain/urls/url-template'
import type { BodyFormat } from '@/lib/domain/vocabulary'
import { atField, checkParameter, firstRefusal, refuseLiteralSecret } from './check-parameter'
import type { EndpointParameter, SaveEndpoint } from './schema'

/** Formats whose body is made of parameters; the others have one template, or nothing. */
export function hasBodyParameters(format: BodyFormat): boolean {
  return format === 'form' || format === 'multipart'
}

export function hasBodyTemplate(format: BodyFormat): boolean {
  return format !== 'none' && !hasBodyParameters(format)
}

/**
 * What must hold of an endpoint before it is saved: templates that parse, a URL that can be split into its parts,
 * headers that are headers, and no literal secret in the definition (rule R10). A name that no variable has yet is no
 * error here: the variable may come later, and a request with it is refused before anything is sent.
 * The refusal names the field as the form does (`url`, `parameters.2.key`).
 */
export function checkEndpoint(
  input: Pick<SaveEndpoint, 'url' | 'bodyFormat' | 'body' | 'dataPath' | 'parameters'>,
): Result<null> {
  return firstRefusal([
    () => checkUrl(input.url),
    ...input.parameters.flatMap((parameter, index) => [
      () => checkPlace(parameter, input.bodyFormat, `parameters.${index}.key`),
      () => checkParameter(parameter, `parameters.${index}`),
    ]),
    () => checkBody(input),
    () => checkDataPath(input.dataPath),
  ])
}

export function checkUrl(url: string): Result<null> {
  return firstRefusal([
    () => atField(checkUrlTemplate(url, { relative: true }), 'url'),
    () => refuseLiteralSecret(url, undefined, 'url'),
  ])
}

function checkPlace(parameter: EndpointParameter, format: BodyFormat, field: string): Result<null> {
  if (parameter.place !== 'body' || hasBodyParameters(format)) return succeed(null)
  return refuse(
    'invalid_input',
    'Only a form or a multipart form can have body parameters. Choose one of these formats, or write the body as a template.',
    field,
  )
}

function checkBody({ bodyFormat, body }: Pick<SaveEndpoint, 'bodyFormat' | 'body'>): Result<null> {
  if (!hasBodyTemplate(bodyFormat)) return succeed(null)
  const template = parseTemplate(body)
  if (!template.ok) return atField(template, 'body')
  const json = () => (bodyFormat === 'json' ? atField(checkJsonTemplate(template.value), 'body') : succeed(null))
  return firstRefusal([json, () => refuseLiteralSecret(body, undefined, 'body')])
}

function checkDataPath(path: string): Result<null> {
  return path === '' ? succeed(null) : atField(checkJsonPath(path), 'dataPath')
}
