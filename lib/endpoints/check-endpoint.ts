import { checkJsonTemplate } from '@/lib/domain/content/json-template'
import { checkPagination } from '@/lib/domain/pagination/check-pagination'
import { checkJsonPath } from '@/lib/domain/responses/json-path'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { findLiteralSecretInProse, literalSecretMessage } from '@/lib/domain/variables/literal-secrets'
import { parseTemplate } from '@/lib/domain/templates/parse-template'
import { checkUrlTemplate } from '@/lib/domain/urls/url-template'
import type { BodyFormat } from '@/lib/domain/vocabulary'
import { atField, checkParameter, firstRefusal, refuseLiteralSecret } from './check-parameter'
import type { EndpointParameter, SaveEndpoint } from './schema'

/** Whether a body of this format consists of parameters. Other formats have one template, or no body. */
export function hasBodyParameters(format: BodyFormat): boolean {
  return format === 'form' || format === 'multipart'
}

export function hasBodyTemplate(format: BodyFormat): boolean {
  return format !== 'none' && !hasBodyParameters(format)
}

/**
 * Checks an endpoint before it is saved: templates can be parsed, the URL can be split into its parts, headers are
 * valid, and the definition contains no literal secret (rule R10). An unknown name is not an error: the variable may be
 * added later, and until then requests are refused before anything is sent. A refusal names the field as the form does
 * (`url`, `parameters.2.key`).
 */
export function checkEndpoint(
  input: Pick<SaveEndpoint, 'url' | 'bodyFormat' | 'body' | 'dataPath' | 'description' | 'pagination' | 'parameters'>,
): Result<null> {
  return firstRefusal([
    () => checkUrl(input.url),
    ...input.parameters.flatMap((parameter, index) => [
      () => checkLocation(parameter, input.bodyFormat, `parameters.${index}.key`),
      () => checkParameter(parameter, `parameters.${index}`),
    ]),
    () => checkBody(input),
    () => checkDataPath(input.dataPath),
    () => checkDescription(input.description),
    () => checkPagination(input.pagination, input.bodyFormat),
  ])
}

export function checkUrl(url: string): Result<null> {
  return firstRefusal([
    () => atField(checkUrlTemplate(url, { relative: true }), 'url'),
    () => refuseLiteralSecret(url, undefined, 'url'),
  ])
}

function checkLocation(parameter: EndpointParameter, format: BodyFormat, field: string): Result<null> {
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

function checkDescription(description: string): Result<null> {
  const secret = findLiteralSecretInProse(description)
  return secret ? refuse('literal_secret', literalSecretMessage(secret), 'description') : succeed(null)
}

function checkDataPath(path: string): Result<null> {
  return path === '' ? succeed(null) : atField(checkJsonPath(path), 'dataPath')
}
