import type { MethodPlan } from '@/lib/authentication-methods/plan-method'
import { namesIn } from '@/lib/domain/authentication/method-texts'
import { isReservedName } from '@/lib/domain/templates/template'

/**
 * Names in the templates of a plan that nothing gives a value: no error, the variable may come later, but worth saying.
 */
export function unknownNames(plan: MethodPlan, connectorKeys: readonly string[]): string[] {
  const { options, phases, variables } = plan
  const kept = [
    ...(options.kept ?? []),
    ...(options.keptFromCallback ?? []),
    ...phases.flatMap(({ extract }) => extract ?? []),
  ]
  const known = new Set([
    ...connectorKeys,
    ...variables.map(({ key }) => key),
    ...(options.computed ?? []).map(({ key }) => key),
    ...kept.map(({ variable }) => variable),
  ])
  return [...namesIn(plan)].filter((name) => !known.has(name) && !isReservedName(name) && !/^step[1-5]\./.test(name))
}
