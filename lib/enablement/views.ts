import type { Refusal } from '@/lib/domain/result'
import type { AuthenticationType, Direction, HttpMethod } from '@/lib/domain/vocabulary'

/** A flow with the shapes that lose their endpoint when a toggle goes off (rule R3). */
export type StrandedFlow = {
  flowId: string
  flowName: string
  shapes: { name: string; instanceName: string; endpointName: string; methodName: string }[]
}

/** With code `confirmation_needed`: the flows to show before asking. */
export type EnablementRefusal = Refusal & { strandedFlows?: StrandedFlow[] }

/** One switch of an endpoint's *Authentication* tab. */
export type MethodSwitch = {
  methodId: string
  name: string
  type: AuthenticationType
  enabled: boolean
  instances: number
}

export type MatrixMethod = { id: string; name: string; type: AuthenticationType }

export type MatrixEndpoint = {
  id: string
  name: string
  entityType: string
  httpMethod: HttpMethod
  url: string
  /** Positions in the matrix's methods: far shorter than ids at thousands of rows. */
  enabled: number[]
}

export type Matrix = {
  connectorId: string
  connectorName: string
  methods: MatrixMethod[]
  endpoints: MatrixEndpoint[]
}

/** What a set of staged changes would do to flows now. */
export type MatrixPlan = { strandedFlows: StrandedFlow[] }

export type MatrixOutcome = {
  enabled: number
  disabled: number
  /** Cells that somebody else had already brought to the wanted state. */
  unchanged: number
  /** Cells whose endpoint or method was deleted in the meantime. */
  gone: number
}

/** An endpoint that a shape may choose for an instance. */
export type OfferedEndpoint = {
  id: string
  name: string
  entityType: string
  direction: Direction
  httpMethod: HttpMethod
  url: string
  deprecated: boolean
}

export type OfferedEndpoints = {
  connectorId: string
  methodName: string
  /** Ordered by entity type, then name. */
  items: OfferedEndpoint[]
  nextCursor: string | null
  /** Of the whole connector, whatever is searched for. */
  counts: { offered: number; hidden: number }
}
