import { z } from 'zod'
import {
  authenticationTypes,
  instanceStatuses,
  rateLimitUnits,
  shownStatuses,
  systemTypes,
} from '@/lib/domain/vocabulary'
import { keysOf } from '@/lib/domain/text-schema'

/** An instance as *Manage connectors* shows it under its connector. */
export const instanceLine = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** Empty: none. */
  externalId: z.string(),
  labels: z.array(z.string()),
  methodName: z.string(),
  methodType: z.enum(keysOf(authenticationTypes)),
  status: z.enum(keysOf(shownStatuses)),
  statusReason: z.string(),
  /** ISO times, UTC. */
  statusSince: z.string(),
  /** Its latest requests met no connection, 5xx or 429; the status says nothing of that. */
  unreachableSince: z.string().nullable(),
  lastVerifiedAt: z.string().nullable(),
  /** Said from 30 days before its certificate expires. */
  certificate: z.strictObject({ state: z.enum(['expiring', 'expired']), words: z.string() }).nullable(),
  /** Flows whose draft or deployed version uses it. */
  flows: z.number(),
})
export type InstanceLine = z.infer<typeof instanceLine>

/** Who disabled it, and when. */
export const disabledView = z.strictObject({ by: z.string().nullable(), at: z.string() })
export type DisabledView = z.infer<typeof disabledView>

export const connectorIcon = z.strictObject({ url: z.string().nullable(), colour: z.string().nullable() })
export type ConnectorIcon = z.infer<typeof connectorIcon>

export const connectorSummary = z.strictObject({
  id: z.string(),
  name: z.string(),
  versionLabel: z.string(),
  systemType: z.enum(keysOf(systemTypes)),
  icon: connectorIcon,
  updatedAt: z.string(),
  disabled: z.boolean(),
  endpoints: z.number(),
  methods: z.number(),
  /** Origins that wait for an administrator. */
  pendingOrigins: z.number(),
  /** The first few that match the filter; `instancesMatching` says how many there are. */
  instances: z.array(instanceLine),
  instancesMatching: z.number(),
  instancesTotal: z.number(),
})
export type ConnectorSummary = z.infer<typeof connectorSummary>

/** What the frame around every page of one connector shows. */
export const connectorHeader = z.strictObject({
  id: z.string(),
  name: z.string(),
  versionLabel: z.string(),
  systemType: z.enum(keysOf(systemTypes)),
  icon: connectorIcon,
  revision: z.number(),
  variables: z.number(),
  methods: z.number(),
  endpoints: z.number(),
  instances: z.number(),
})
export type ConnectorHeader = z.infer<typeof connectorHeader>

/** *Basic details*. */
export const connectorDetail = z.strictObject({
  ...connectorHeader.shape,
  key: z.string(),
  description: z.string(),
  baseUrl: z.string(),
  dateFormat: z.string(),
  rateLimitAmount: z.number().nullable(),
  rateLimitUnit: z.enum(keysOf(rateLimitUnits)).nullable(),
  documentationUrl: z.string(),
  allowedHosts: z.array(z.string()),
  createdAt: z.string(),
  updatedAt: z.string(),
  updatedBy: z.string().nullable(),
  /** Null: enabled. */
  disabled: disabledView.nullable(),
})
export type ConnectorDetail = z.infer<typeof connectorDetail>

/** The instance that somebody comes back from authorising. */
export const authorisedInstance = z.strictObject({
  id: z.string(),
  name: z.string(),
  status: z.enum(keysOf(instanceStatuses)),
})
export type AuthorisedInstance = z.infer<typeof authorisedInstance>
