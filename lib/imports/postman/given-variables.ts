import { childOf, type ObjectNode } from '../openapi/nodes'
import type { Report } from '../openapi/report'
import { labelOf } from '../openapi/texts'
import { postmanLimits } from './limits'
import { textPart } from './parts'
import { variablesIn, type Environment } from './variable-sources'
import type { FoundItems } from './walk-items'

/** The variables of a collection, its folders, the globals and the environments. */
export function givenVariables(report: Report, root: ObjectNode, { owners }: FoundItems, given: readonly ObjectNode[]) {
  const collection = variablesIn(report, root, 'variable')
  for (const folder of owners.slice(1)) {
    if (!Array.isArray(folder.value.variable) || folder.value.variable.length === 0) continue
    report.add(
      'changed',
      childOf(folder, 'variable'),
      'Variables of a folder were read as variables of the collection.',
    )
    for (const [name, variable] of variablesIn(report, folder, 'variable'))
      if (!collection.has(name)) collection.set(name, variable)
      else
        report.add(
          'not_imported',
          variable.node,
          'The collection has a variable of this name, so this one was left out.',
        )
  }
  const globals: typeof collection = new Map()
  const environments: Environment[] = []
  for (const node of given) {
    const isGlobal = node.value._postman_variable_scope === 'globals'
    if (isGlobal) variablesIn(report, node, 'values', globals)
    else if (environments.length < postmanLimits.environments) {
      const name = labelOf(textPart(report, node, 'name'), 60) || `Environment ${environments.length + 1}`
      environments.push({ name, variables: variablesIn(report, node, 'values') })
    } else
      report.add(
        'limit',
        node,
        `At most ${postmanLimits.environments} environments are read, so this one was left out.`,
      )
  }
  return { collection, globals, environments }
}
