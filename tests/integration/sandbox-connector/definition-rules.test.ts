import { describe, expect, it } from 'vitest'
import { checkMethod } from '@/lib/authentication-methods/check-method'
import { authenticationTypeDefinitions } from '@/lib/domain/authentication/registry'
import { validateVariableDefinition } from '@/lib/domain/variable-rules'
import { checkEndpoint } from '@/lib/endpoints/check-endpoint'
import { sandboxConnectorDefinition } from '@/lib/sandbox-connector/definition'

const definition = sandboxConnectorDefinition({ url: 'http://localhost:4010', certificateUrl: 'https://localhost:4012' })

describe('the definition obeys the rules of what people may save', () => {
  it.each(definition.endpoints.map((endpoint) => [endpoint.name, endpoint] as const))('%s', (_name, endpoint) => {
    const parameters = endpoint.parameters.map((parameter) => ({ ...parameter, id: null }))
    expect(checkEndpoint({ ...endpoint, parameters })).toEqual({ ok: true, value: null })
    for (const variable of endpoint.variables) expect(validateVariableDefinition(variable)).toMatchObject({ ok: true })
  })

  it.each(definition.methods.map((method) => [method.name, method] as const))('%s', (name, { type, options, urls }) => {
    const known = authenticationTypeDefinitions[type]
    const phases = known.defaultPhases.map(({ kind, httpMethod }) => ({ kind, httpMethod, url: urls[kind] ?? null, bodyFormat: null, body: null, successRule: null }))
    const input = { methodId: '', revision: 1, name, timeoutSeconds: 30, documentationUrl: '', options: { ...known.defaultOptions, ...options }, phases, parameters: [] }
    expect(checkMethod(type, input)).toMatchObject({ ok: true })
  })
})
