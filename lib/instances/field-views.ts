import type { InstanceField } from '@/lib/domain/authentication/instance-fields'
import type { TypedValue } from '@/lib/credentials/instance-settings'
import { defaultInForce } from '@/lib/variables/default-in-force'
import type { MethodFields } from './load-fields'
import type { InstanceFields, InstanceFieldView } from './views'

export type StoredValue = { variableId: string; value: string | null; setAt: Date }

/** Fields with what is stored; a plain value that waits stands before it, a secret never shows. */
export function fieldViews(
  { method, main, advanced }: Pick<MethodFields, 'method' | 'main' | 'advanced'>,
  stored: StoredValue[] = [],
  waiting: TypedValue[] = [],
): InstanceFields {
  const byVariable = new Map(stored.map((row) => [row.variableId, row]))
  const newValues = new Map(waiting.map(({ variableId, value }) => [variableId, value]))
  const view = ({ definition, filled }: InstanceField) => {
    const shown = { ...definition, defaultValue: defaultInForce(definition, method.type) }
    return fieldView({ definition: shown, filled }, byVariable.get(definition.id), newValues)
  }
  return { main: main.map(view), advanced: advanced.map(view) }
}

function fieldView(
  { definition, filled }: InstanceField,
  row: StoredValue | undefined,
  waiting: Map<string, string | null>,
): InstanceFieldView {
  const isWaiting = waiting.has(definition.id)
  const plain = isWaiting ? waiting.get(definition.id) : row?.value
  return {
    variable: definition,
    filled,
    isSet: row !== undefined || (isWaiting && waiting.get(definition.id) !== null),
    setAt: row?.setAt.toISOString() ?? null,
    value: definition.secret ? '' : (plain ?? ''),
    waiting: isWaiting,
  }
}
