import { describe, expect, it } from 'vitest'
import { unknownNames } from '@/lib/domain/templates/unknown-names'
import type { MethodPlan } from '@/lib/authentication-methods/plan-method'
import { planConnector } from '@/lib/imports/plan-connector'
import { valueOf } from '@/tests/support/definition-builders'
import { everyPreset } from './every-preset'

/** Fewer endpoints than a first integration usually needs, with the reason. */
const few: Record<string, string> = { tiktok: 'The API for a person has only a profile and videos.' }

const isList = ({ name, pagination }: { name: string; pagination: { type: string } }) =>
  pagination.type !== 'none' || /^(List|Search) /.test(name)

describe.each(everyPreset)('The ready-made connector $document.name', ({ key, document }) => {
  const plan = valueOf(planConnector(document))

  it('has the endpoints of a first integration', () => {
    expect(document.endpoints.length >= 5).toBe(few[key] === undefined)
  })

  it('identifies methods and endpoints by keys, so that a later version can be compared with it', () => {
    expect(document.patchbay).toBe(2)
    const unnamed = [...document.methods, ...document.endpoints].filter((part) => part.key === undefined)
    expect(unnamed.map(({ name }) => name)).toEqual([])
  })

  it('says which of its methods each endpoint accepts', () => {
    const methods = plan.methods.map((method) => method.key)
    expect(plan.endpoints.flatMap(({ accepts }) => accepts).filter((method) => !methods.includes(method))).toEqual([])
    expect(plan.endpoints.filter(({ accepts }) => accepts.length === 0).map(({ name }) => name)).toEqual([])
  })

  it('says of each list where its records are', () => {
    expect(plan.endpoints.filter((endpoint) => isList(endpoint) && endpoint.dataPath === '')).toEqual([])
  })

  it('groups its endpoints, and says that those that change something send', () => {
    expect(plan.endpoints.filter(({ entityType }) => entityType === '').map(({ name }) => name)).toEqual([])
    const changes = /^(Create|Update|Delete|Send|Add|Cancel|Append|Clear|Put) /
    const receiving = plan.endpoints.filter(({ direction }) => direction === 'receive')
    expect(receiving.filter(({ name }) => changes.test(name)).map(({ name }) => name)).toEqual([])
    expect(plan.endpoints.filter(({ httpMethod, direction }) => httpMethod === 'GET' && direction === 'send')).toEqual(
      [],
    )
  })

  it('uses only variables of the endpoint, the connector and each method that is accepted', () => {
    const unknown = plan.endpoints.flatMap(({ name, url, body, variables, parameters, accepts }) =>
      accepts.flatMap((accepted) => {
        const method = plan.methods.find((candidate) => candidate.key === accepted)!
        const known = [...variables, ...plan.variables, ...method.variables].map((variable) => variable.key)
        const texts = [url, body, ...parameters.map(({ value }) => value)]
        return unknownNames(texts, new Set([...known, ...keptBy(method)])).map((missing) => `${name}: ${missing}`)
      }),
    )
    expect(unknown).toEqual([])
  })

  it('explains each variable that an endpoint needs with a name for people', () => {
    const variables = plan.endpoints.flatMap((endpoint) => endpoint.variables)
    expect(variables.filter(({ displayName, key: variable }) => displayName === variable)).toEqual([])
  })
})

function keptBy({ options, phases }: MethodPlan): string[] {
  return [
    ...[...(options.kept ?? []), ...(options.keptFromCallback ?? [])].map(({ variable }) => variable),
    ...phases.flatMap(({ extract }) => (extract ?? []).map(({ variable }) => variable)),
  ]
}
