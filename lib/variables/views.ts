import type { VariableDefinition } from '@/lib/domain/definitions'
import type { VariableLevel } from '@/lib/domain/vocabulary'

/** What a variable is defined on: a connector, one of its authentication methods, or one of its endpoints. */
export type VariableOwner = {
  level: VariableLevel
  connectorId: string
  /** The connector's, method's or endpoint's id. */
  ownerId: string
}

/** A row of the variables table. Never holds a value that a person typed for an instance. */
export type VariableView = VariableDefinition & {
  position: number
  /** How many instances hold a value for it. */
  instancesWithValue: number
}

export type UseFlags = { required: boolean; configurable: boolean; advanced: boolean }

/** A connector variable and, where the method uses it, the flags it is used with. */
export type ConnectorVariableUse = { variable: VariableDefinition; use: UseFlags | null }
