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
import { definitionsInForce, scopeOf } from '@/lib/domain/variables/resolve-variables'
import type { Credentials } from '@/lib/credentials/credentials'
import type { NewStoredValue } from '@/lib/credentials/stored-values'

/**
 * What a lookup's answer holds for variables; one that it does not hold is refused by its name.
 * @param secrets of the request: a value with one of them in it is kept as a secret, whatever the method says
 */
export function extractValues(
  credentials: Pick<Credentials, 'connector' | 'method' | 'values'>,
  extractions: readonly Extraction[],
  response: OutboundResponse,
  secrets: KnownSecrets,
): Result<NewStoredValue[]> {
  const { connector, method, values } = credentials
  const definitions = definitionsInForce({ connector, method })
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
      return refuse('invalid_answer', `What the answer holds at ${path} is too long to be kept as ${variable}.`)
    stored.push({ key: variable, value: value.value, secret: isSecret, expiresAt: null })
  }
  return succeed(stored)
}

function nothingAt(path: string, variable: string, response: OutboundResponse) {
  const problem = unreadableJson(response)
  const message =
    problem === null ? `The answer holds nothing at ${path}` : `The response ${problem}: nothing at ${path}`
  return refuse('invalid_answer', `${message}, which is kept as ${variable}.`)
}

function valueAt(path: string, scope: TemplateScope, response: OutboundResponse): Result<string> {
  const template = parseTemplate(path)
  if (!template.ok) return template
  const source = renderTemplate(template.value, scope)
  return source.ok ? succeed(textInResponses([response], source.value.text)) : source
}
