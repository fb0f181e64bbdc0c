import type {
  ConnectorDefinition,
  EndpointDefinition,
  ParameterDefinition,
  PhaseDefinition,
  VariableDefinition,
} from '@/lib/domain/definitions'
import type { AuthenticationType } from '@/lib/domain/vocabulary'
import type { ConnectorVariableUse, VariableView } from '@/lib/variables/views'

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
  usedBy: {
    instances: { id: string; name: string }[]
    instanceCount: number
    enabledEndpoints: number
    endpoints: number
  }
}

/** The redirect URIs of this installation; `configured` is false when the browser uses an address that is none of them. */
export type RedirectUriView = { uris: string[]; configured: boolean }

/** An endpoint that can serve as a test request: it reads, and needs nothing but credentials. */
export type TestEndpoint = { id: string; name: string; url: string }

export type MethodEndpoints = { testEndpoints: TestEndpoint[]; sampleEndpoint: EndpointDefinition | null }

export type MethodSetupView = MethodEndpoints & {
  method: MethodDetail
  connector: ConnectorDefinition
  /** Own variables, and the connector variables the method uses with its own flags. */
  variables: VariableDefinition[]
  own: VariableView[]
  uses: ConnectorVariableUse[]
  /** Own variables for which the method may hold a value of its own. */
  shareable: VariableDefinition[]
}
