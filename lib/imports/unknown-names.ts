import type { MethodPlan } from '@/lib/authentication-methods/plan-method'
import { isReservedName, templateVariables } from '@/lib/domain/templates/template'

/** Names in the templates of a plan that nothing gives a value: no error, the variable may come later, but worth telling. */
export function unknownNames(plan: MethodPlan, connectorKeys: readonly string[]): string[] {
  const { phases, parameters, variables } = plan
  const options = usedOptions(plan)
  const computed = (options as { computed?: { key: string }[] }).computed ?? []
  const given = options as { kept?: { variable: string }[]; keptFromCallback?: { variable: string }[] }
  const kept = [
    ...(given.kept ?? []),
    ...(given.keptFromCallback ?? []),
    ...phases.flatMap(({ extract }) => extract ?? []),
  ]
  const known = new Set([
    ...connectorKeys,
    ...variables.map(({ key }) => key),
    ...computed.map(({ key }) => key),
    ...kept.map(({ variable }) => variable),
  ])
  const named = textsIn([
    options,
    phases.map(({ url, body }) => [url, body]),
    parameters.map(({ value }) => value),
  ]).flatMap((text) => {
    const names = templateVariables(text)
    return names.ok ? names.value : []
  })
  return [...new Set(named)].filter((name) => !known.has(name) && !isReservedName(name) && !/^step[1-5]\./.test(name))
}

/** Without the description of a JWT where no request has one. */
function usedOptions(plan: MethodPlan): object {
  const { jwt: _jwt, ...others } = plan.options as { jwt?: object }
  const rest = JSON.stringify([others, plan.phases, plan.parameters])
  return plan.type === 'signed_jwt' || /signed_jwt|private_key_jwt|client_secret_jwt/.test(rest) ? plan.options : others
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return value.includes('{{') ? [value] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(textsIn)
}
