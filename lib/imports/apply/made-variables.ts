import type { DefaultVariable } from '@/lib/domain/authentication/types'
import type { ConnectorPlan } from '../plan-connector'

type WrittenMethod = {
  key?: string
  variables?: (Partial<DefaultVariable> & { key: string })[]
  parameters?: { in: string; key: string; value?: string; required?: boolean }[]
}
type Method = ConnectorPlan['methods'][number]
type Parameter = Method['parameters'][number]

/**
 * A method's optional parameter without a variable gets one when it is written, so the connector has a variable that a
 * document written by hand does not. Completes the plan with it, so that the same document changes nothing, and the
 * values of instances stay.
 * @param written the connector's methods as its document shows them
 */
export function withMadeVariables(plan: ConnectorPlan, written: readonly object[]): ConnectorPlan {
  const known = new Map((written as WrittenMethod[]).map((method) => [method.key, method]))
  return { ...plan, methods: plan.methods.map((method) => withMadeVariable(method, known.get(method.key))) }
}

/** The same for one method. */
export function withMadeVariable<Planned extends Omit<Method, 'key'>>(
  method: Planned,
  written: WrittenMethod | undefined,
): Planned {
  const variables = [...method.variables]
  const left = [...(written?.parameters ?? [])]
  const parameters = method.parameters.map((parameter): Parameter => {
    const at = left.findIndex((other) => other.in === parameter.place && other.key === parameter.key)
    const [stored] = at < 0 ? [] : left.splice(at, 1)
    const made = parameter.required ? undefined : madeFor(parameter, stored, written)
    if (!made || variables.some(({ key }) => key === made.key)) return parameter
    variables.push(made)
    return { ...parameter, value: `{{ ${made.key} }}` }
  })
  return { ...method, variables, parameters }
}

/** The variable that was made for a parameter. The document decides its default. */
function madeFor(
  { key, value }: Parameter,
  stored: { value?: string } | undefined,
  written: WrittenMethod | undefined,
): DefaultVariable | undefined {
  if (value.includes('{{')) return undefined
  const made = /^\{\{ (\w+) \}\}$/.exec(stored?.value ?? '')?.[1]
  const variable = written?.variables?.find((other) => other.key === made)
  if (!variable || variable.alias !== key || (variable.secret && value !== '')) return undefined
  return {
    ...{ displayName: variable.key, helpText: '', required: false, configurable: true },
    ...{ advanced: false, secret: false, locked: false, inputKind: 'text', options: [], pattern: '' },
    ...variable,
    ...{ alias: key, defaultValue: value },
  }
}
