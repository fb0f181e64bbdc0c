import type { ParameterDefinition, PhaseDefinition } from '@/lib/domain/definitions'
import type { AuthenticationType } from '@/lib/domain/vocabulary'

/** A row of the connector's *Authentication* section. */
export type MethodSummary = {
  id: string
  name: string
  type: AuthenticationType
  enabledEndpoints: number
  instances: number
  updatedAt: string
}

/** A variable the method holds a value for: that it is set and since when, never the value. */
export type HeldValue = { variableId: string; setAt: string }

/** *Authentication setup* of one method. */
export type MethodDetail = {
  id: string
  connectorId: string
  connectorName: string
  name: string
  type: AuthenticationType
  timeoutSeconds: number
  documentationUrl: string
  revision: number
  options: unknown
  phases: PhaseDefinition[]
  parameters: ParameterDefinition[]
  heldValues: HeldValue[]
  usedBy: { instances: { id: string; name: string }[]; instanceCount: number; enabledEndpoints: number; endpoints: number }
}
