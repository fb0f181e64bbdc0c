import { fitsStoredValue } from '@/lib/domain/method-options/response-variables'
import { unusedVariablesOf } from '@/lib/domain/authentication/unused-variables'
import { unreadableJson } from '@/lib/domain/responses/response'
import { textInResponses } from '@/lib/domain/responses/response-source'
import type { Extraction } from '@/lib/domain/definitions'
import type { OutboundResponse } from '@/lib/domain/http-messages'
import { createRedactor } from '@/lib/domain/redaction'
import { renderTemplate } from '@/lib/domain/templates/render-template'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import type { KnownSecrets } from '@/lib/domain/secret-book'
import { parseTemplate } from '@/lib/domain/templates/parse-template'
import type { TemplateScope } from '@/lib/domain/templates/template'
import { effectiveDefinitions, scopeOf } from '@/lib/domain/variables/resolve-variables'
import type { Credentials } from '@/lib/credentials/credentials'
import type { NewStoredValue } from '@/lib/credentials/stored-values'

/**
 * Reads the values for variables from a lookup's response. A missing value is an error that names it.
 * @param secrets the request's secrets: a value that contains one is stored as a secret, whatever the method says
 */
export function extractValues(
  credentials: Pick<Credentials, 'connector' | 'method' | 'values'>,
  extractions: readonly Extraction[],
  response: OutboundResponse,
  secrets: KnownSecrets,
): Result<NewStoredValue[]> {
  const { connector, method, values } = credentials
  const definitions = effectiveDefinitions({ connector, method })
  const scope = scopeOf(definitions, values, unusedVariablesOf(method))
  const secretKeys = definitions.filter(({ secret }) => secret).map(({ key }) => key)
  const hides = createRedactor({ secrets })
  const stored: NewStoredValue[] = []
  for (const { variable, path, secret } of extractions) {
    const value = valueAt(path, scope, response)
    if (!value.ok) return value
    if (value.value === '') return nothingAt(path, variable, response)
    const isSecret = secret || secretKeys.includes(variable) || hides.text(value.value) !== value.value
    if (!fitsStoredValue(value.value, isSecret))
      return refuse('invalid_answer', `The value at ${path} is too long to store as ${variable}.`)
    stored.push({ key: variable, value: value.value, secret: isSecret, expiresAt: null })
  }
  return succeed(stored)
}

function nothingAt(path: string, variable: string, response: OutboundResponse) {
  const problem = unreadableJson(response)
  const message =
    problem === null ? `The response has no value at ${path}` : `The response ${problem}, so it has no value at ${path}`
  return refuse('invalid_answer', `${message}, which is needed for ${variable}.`)
}

function valueAt(path: string, scope: TemplateScope, response: OutboundResponse): Result<string> {
  const template = parseTemplate(path)
  if (!template.ok) return template
  const source = renderTemplate(template.value, scope)
  return source.ok ? succeed(textInResponses([response], source.value.text)) : source
}
