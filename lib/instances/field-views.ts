import type { InstanceField } from '@/lib/domain/authentication/instance-fields'
import type { TypedValue } from '@/lib/credentials/instance-settings'
import { effectiveDefault } from '@/lib/variables/effective-default'
import type { MethodFields } from './load-fields'
import type { InstanceFields, InstanceFieldView } from './views'

export type StoredValue = { variableId: string; value: string | null; setAt: Date }

/**
 * The fields with their stored values. A pending plain value is shown instead of the stored one; a secret is never
 * shown.
 */
export function fieldViews(
  { method, main, advanced }: Pick<MethodFields, 'method' | 'main' | 'advanced'>,
  stored: StoredValue[] = [],
  waiting: TypedValue[] = [],
): InstanceFields {
  const byVariable = new Map(stored.map((row) => [row.variableId, row]))
  const newValues = new Map(waiting.map(({ variableId, value }) => [variableId, value]))
  const view = ({ definition, filled }: InstanceField) => {
    const shown = { ...definition, defaultValue: effectiveDefault(definition, method.type) }
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
