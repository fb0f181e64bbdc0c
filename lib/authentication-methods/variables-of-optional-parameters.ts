import 'server-only'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import { parseTemplate } from '@/lib/domain/templates/parse-template'
import { reservedNames, variablesOf } from '@/lib/domain/templates/template'
import { freeVariableKey } from '@/lib/domain/variables/variable-of-name'
import type { SaveMethod } from './schema'

type Parameter = SaveMethod['parameters'][number]
type Owner = { id: string; workspaceId: string; connectorId: string }

/**
 * An optional parameter of a method is a field when adding an instance (PRODUCT: Parameter). If its value contains no
 * variable, a variable is created with the value as its default, so that the instance form asks for it. The parameter
 * is omitted if the field is empty.
 * @returns the parameters to store, and the keys of the new variables
 */
export async function giveOptionalParametersVariables(
  tx: WorkspaceTransaction,
  method: Owner,
  parameters: Parameter[],
): Promise<{ parameters: Parameter[]; made: string[] }> {
  const bare = parameters.filter((parameter) => !parameter.required && namesNothing(parameter.value))
  if (bare.length === 0) return { parameters, made: [] }
  const known = await tx.variable.findMany({
    where: { connectorId: method.connectorId, OR: [{ level: 'connector' }, { level: 'method', methodId: method.id }] },
    select: { key: true, position: true },
  })
  const taken = new Set<string>([...reservedNames, ...known.map(({ key }) => key)])
  let position = Math.max(-1, ...known.map((variable) => variable.position))
  const made: string[] = []
  const stored: Parameter[] = []
  for (const parameter of parameters) {
    if (!bare.includes(parameter)) {
      stored.push(parameter)
      continue
    }
    const key = freeVariableKey(parameter.key, taken, { keepsCase: true, fallback: 'parameter' })
    taken.add(key)
    made.push(key)
    position += 1
    const { workspaceId, connectorId, id: methodId } = method
    const words = {
      displayName: parameter.displayName || parameter.key,
      helpText: parameter.helpText,
      alias: parameter.key,
    }
    await tx.variable.create({
      data: {
        workspaceId,
        connectorId,
        methodId,
        level: 'method',
        key,
        ...words,
        defaultValue: parameter.value,
        configurable: true,
        position,
      },
    })
    stored.push({ ...parameter, value: `{{ ${key} }}` })
  }
  return { parameters: stored, made }
}

function namesNothing(value: string): boolean {
  const template = parseTemplate(value)
  return template.ok && variablesOf(template.value).length === 0
}
