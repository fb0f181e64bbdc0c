import type { ParameterDefinition, VariableDefinition } from '@/lib/domain/definitions'
import type { HttpMethod, InstanceStatus } from '@/lib/domain/vocabulary'
import type { OfferedEndpoints } from '@/lib/enablement/views'

/** An instance as the picker offers it. One that awaits its first authorisation is not offered. */
export type InstanceOption = {
  id: string
  name: string
  status: InstanceStatus
  connectorId: string
  connectorName: string
  methodName: string
}

/** What a shape holds for an endpoint variable: a plain value, or that a secret is set. */
export type ShapeVariable = { definition: VariableDefinition; value: string; isSet: boolean }

export type ShapeFilter = { definition: ParameterDefinition; value: string | null }

export type ChosenEndpoint = {
  id: string
  name: string
  entityType: string
  httpMethod: HttpMethod
  url: string
  /** Whether it accepts the chosen instance's method now (rules R1 and R3). */
  available: boolean
  variables: ShapeVariable[]
  filters: ShapeFilter[]
}

/** The settings panel of one shape, for what is saved or for what is being chosen. */
export type ShapeSettings = {
  id: string
  flowId: string
  name: string
  timeoutSeconds: number | null
  saved: { instanceId: string | null; endpointId: string | null }
  instance: InstanceOption | null
  endpoint: ChosenEndpoint | null
  /** The first page of what the chosen instance is offered. */
  offered: OfferedEndpoints | null
  /** Why nothing can be offered. */
  offeredRefusal: string | null
  /** Of the method: what counts where the shape sets none. */
  defaultTimeoutSeconds: number | null
}
