import type {
  AuthenticationType,
  BodyFormat,
  Direction,
  HttpMethod,
  InputKind,
  ParameterPlace,
  PhaseKind,
  VariableLevel,
} from './vocabulary'

/** A connector's definition as the rules read it: plain data, no credentials, no database types. */

export type SelectOption = { value: string; label: string }

export type VariableDefinition = {
  id: string
  level: VariableLevel
  /** `[A-Za-z_][A-Za-z0-9_]*`, case-sensitive, unique in its level. */
  key: string
  displayName: string
  helpText: string
  /** The third party's name for it. */
  alias: string
  defaultValue: string
  required: boolean
  configurable: boolean
  advanced: boolean
  secret: boolean
  locked: boolean
  inputKind: InputKind
  options: SelectOption[]
  /** A safe regular expression the whole value must match; empty for none. */
  pattern: string
}

export type ParameterDefinition = {
  id: string
  place: ParameterPlace
  /** Sent exactly as typed. */
  key: string
  /** Template. */
  value: string
  required: boolean
  displayName: string
  helpText: string
  /** The requests of a method that carry it; empty for an endpoint's own parameter. */
  phases: PhaseKind[]
  /** Of phases that take several requests: which of them carry it, from 0; empty: all. */
  steps: number[]
}

export type SuccessRule = {
  /** Statuses that mean accepted; empty or absent: any 2xx. */
  statuses?: number[]
  /** JSONPath that must exist in the answer. */
  jsonPath?: string
  /** Statuses that mean rejected, beside 401 and 403. */
  rejectedStatuses?: number[]
  /** JSONPath that means rejected where it exists and, if `rejectedValue` says one, has that value. */
  rejectedPath?: string
  rejectedValue?: string
}

/** What to keep of an answer under a variable's key. `path` is a source: see `answer-source`. */
export type Extraction = { variable: string; path: string; secret: boolean }

export type PhaseDefinition = {
  kind: PhaseKind
  /** Phases that take several requests (get token, test request, after-connect lookup) number them from 0. */
  step: number
  httpMethod: HttpMethod | null
  /** Template. */
  url: string | null
  bodyFormat: BodyFormat | null
  /** Template of a whole body. */
  body: string | null
  clientAuthentication: string | null
  successRule: SuccessRule | null
  extract: Extraction[] | null
}

export type MethodDefinition = {
  id: string
  key: string
  name: string
  type: AuthenticationType
  timeoutSeconds: number
  revision: number
  /** As the type's own schema parses them. */
  options: unknown
  /** Variables of the method and the connector variables it uses (with the method's flags). */
  variables: VariableDefinition[]
  parameters: ParameterDefinition[]
  phases: PhaseDefinition[]
}

export type EndpointDefinition = {
  id: string
  key: string
  name: string
  entityType: string
  direction: Direction
  httpMethod: HttpMethod
  /** Template, absolute or relative to the connector's base URL. */
  url: string
  bodyFormat: BodyFormat
  body: string
  dataPath: string
  variables: VariableDefinition[]
  parameters: ParameterDefinition[]
}

export type ConnectorDefinition = {
  id: string
  name: string
  /** Template. */
  baseUrl: string
  /** `api.myapp.com` or `*.myapp.com`: what a URL variable or a learned origin may name. */
  allowedHosts: string[]
  variables: VariableDefinition[]
}

/** A request ready to be sent: every template rendered, every value encoded for its place. */
export type OutboundRequest = {
  method: HttpMethod
  /** Absolute. */
  url: string
  headers: [name: string, value: string][]
  body: string | Uint8Array | null
}

/** What came back. */
export type OutboundAnswer = {
  status: number
  headers: [name: string, value: string][]
  body: Uint8Array
}
