import type { ParameterDefinition } from '@/lib/domain/definitions'
import type { BodyFormat, Direction, HttpMethod } from '@/lib/domain/vocabulary'

/** A row of the connector's *Endpoints* section. */
export type EndpointSummary = {
  id: string
  name: string
  entityType: string
  direction: Direction
  httpMethod: HttpMethod
  url: string
  deprecated: boolean
  /** The names of the methods it accepts. */
  methods: string[]
  updatedAt: string
}

export type EntityTypeCount = { entityType: string; endpoints: number }

/** What a template of the endpoint may name, nearest level first. */
export type NamedVariable = { key: string; label: string; secret: boolean; origin: string }

/** *Endpoint details* and *Endpoint setup* of one endpoint. */
export type EndpointDetail = {
  id: string
  connectorId: string
  connectorName: string
  /** Template; what a relative URL is relative to. */
  baseUrl: string
  revision: number
  name: string
  entityType: string
  direction: Direction
  deprecated: boolean
  httpMethod: HttpMethod
  url: string
  bodyFormat: BodyFormat
  body: string
  dataPath: string
  parameters: ParameterDefinition[]
  namedVariables: NamedVariable[]
  usedBy: { flows: { id: string; name: string }[]; flowCount: number }
  updatedAt: string
}
