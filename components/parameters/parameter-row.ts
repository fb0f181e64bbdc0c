import type { Carrier } from './carrier'
import type { ParameterDefinition } from '@/lib/domain/definitions'
import type { ParameterLocation } from '@/lib/domain/vocabulary'

/** A parameter while it is edited: a new one has no id yet, and `rowKey` identifies rows in the browser. */
export type ParameterRow = Omit<ParameterDefinition, 'id'> & { id: string | null; rowKey: string }

export function parameterRow(definition: ParameterDefinition): ParameterRow {
  return { ...definition, rowKey: definition.id }
}

export function newParameterRow(place: ParameterLocation, carrier?: Carrier): ParameterRow {
  const carried = { phases: [...(carrier?.phases ?? [])], steps: [...(carrier?.steps ?? [])] }
  return {
    id: null,
    rowKey: crypto.randomUUID(),
    place,
    key: '',
    value: '',
    required: true,
    displayName: '',
    helpText: '',
    ...carried,
  }
}

/** The row as input of an action. */
export function parameterInput({ rowKey: _, ...parameter }: ParameterRow) {
  return parameter
}
