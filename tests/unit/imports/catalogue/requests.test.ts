import { describe, expect, it } from 'vitest'
import { changeOf } from '@/lib/domain/pagination/page-change'
import { buildEndpointRequest } from '@/lib/domain/requests/build-endpoint-request'
import { originsUnchecked } from '@/lib/domain/requests/check-destination'
import type { DefaultVariable } from '@/lib/domain/authentication/types'
import { planConnector, type ConnectorPlan, type EndpointPlan } from '@/lib/imports/plan-connector'
import { aConnector, aMethod, anEndpoint, aParameter, aVariable, valueOf } from '@/tests/support/definition-builders'
import { everyPreset } from './every-preset'

/** A value of each input. It is also valid JSON, for the variables that are inserted as JSON. */
function sampleOf({ inputKind, options, pattern }: DefaultVariable, allowedHosts: readonly string[]): string {
  if (inputKind === 'url') return `https://${(allowedHosts[0] ?? 'acme.test').replace('*', 'acme')}`
  return options[0]?.value ?? (pattern === '' ? '17' : '17-sb1')
}

/** Everything but the endpoint itself is simplified: how methods sign is the subject of other tests. */
function requestOf({ details, variables, methods }: ConnectorPlan, endpoint: EndpointPlan, optional: boolean) {
  const { baseUrl, allowedHosts } = details
  const hosts = [...allowedHosts, 'acme.test']
  const accepted = methods.find(({ key }) => key === endpoint.accepts[0])!
  const keys = accepted.variables.filter(({ key }) => !variables.some((shared) => shared.key === key))
  const stored = [...(accepted.options.kept ?? []), ...(accepted.options.keptFromCallback ?? [])]
  const own = endpoint.variables.map((variable) =>
    aVariable(variable.key, { ...variable, level: 'endpoint', options: [...variable.options] }),
  )
  return buildEndpointRequest({
    connector: aConnector({
      baseUrl: accepted.options.baseUrl || baseUrl,
      allowedHosts: hosts,
      variables: [...variables, ...keys].map((variable) =>
        aVariable(variable.key, {
          inputKind: variable.inputKind,
          defaultValue: variable.defaultValue || sampleOf(variable, allowedHosts),
        }),
      ),
    }),
    method: aMethod('none', { options: { kept: [] }, variables: [] }),
    endpoint: anEndpoint({
      ...endpoint,
      variables: own,
      parameters: endpoint.parameters.map((parameter, index) =>
        aParameter(parameter.key, parameter.value, { ...parameter, id: `parameter-${index}` }),
      ),
    }),
    values: {
      stored: new Map(
        stored.map(({ variable: name }) => {
          const variable = variables.find(({ key }) => key === name)
          return [name, variable ? sampleOf(variable, allowedHosts) : '17']
        }),
      ),
      shape: new Map(
        own.filter(({ required }) => required || optional).map((variable) => [variable.id, sampleOf(variable, hosts)]),
      ),
    },
    filters: new Map(optional ? endpoint.parameters.map((_, index) => [`parameter-${index}`, '17'] as const) : []),
    confirmedOrigins: originsUnchecked,
  })
}

describe.each(everyPreset)('The endpoints of $document.name', ({ document }) => {
  const plan = valueOf(planConnector(document))

  it.each([
    ['only what is required', false],
    ['everything', true],
  ])('can be requested with %s', (_, optional) => {
    const problems = plan.endpoints.flatMap((endpoint) => {
      const built = requestOf(plan, endpoint, optional)
      if (!built.ok) return [`${endpoint.name}: ${built.error.message}`]
      const { url, body } = built.value.request
      return /\{\{|undefined/.test(`${url}${String(body ?? '')}`) ? [`${endpoint.name}: ${url}`] : []
    })
    expect(problems).toEqual([])
  })

  it('send their page where the first page has no other value', () => {
    const sent = plan.endpoints.flatMap(({ name, url, pagination }) => {
      const change = changeOf(pagination, { number: 2, value: '2' })
      return change.kind === 'parameter' && new RegExp(`[?&]${RegExp.escape(change.key)}=`).test(url) ? [name] : []
    })
    expect(sent).toEqual([])
  })
})
