import { z } from 'zod'
import {
  authenticationTypes,
  instanceStatuses,
  rateLimitUnits,
  shownStatuses,
  systemTypes,
} from '@/lib/domain/vocabulary'
import { keysOf } from '@/lib/domain/text-schema'
import { managedBy } from './managed-by'

/** An instance as *Manage connectors* shows it under its connector. */
export const instanceLine = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** May be empty. */
  externalId: z.string(),
  labels: z.array(z.string()),
  methodName: z.string(),
  methodType: z.enum(keysOf(authenticationTypes)),
  status: z.enum(keysOf(shownStatuses)),
  statusReason: z.string(),
  /** ISO times, UTC. */
  statusSince: z.string(),
  /** Set if its latest requests failed (no connection, 5xx or 429), which does not change the status. */
  unreachableSince: z.string().nullable(),
  lastVerifiedAt: z.string().nullable(),
  /** Set from 30 days before its certificate expires. */
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
  key: z.string(),
  name: z.string(),
  versionLabel: z.string(),
  systemType: z.enum(keysOf(systemTypes)),
  icon: connectorIcon,
  updatedAt: z.string(),
  disabled: z.boolean(),
  endpoints: z.number(),
  methods: z.number(),
  /** Origins that an administrator has to confirm. */
  pendingOrigins: z.number(),
  /** The first few that match the filter; `instancesMatching` is their number. */
  instances: z.array(instanceLine),
  instancesMatching: z.number(),
  instancesTotal: z.number(),
})
export type ConnectorSummary = z.infer<typeof connectorSummary>

/** What the header of every page of a connector shows. */
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
  /** The repository whose document described it last; null without one. */
  managedBy: managedBy.nullable(),
  /** Null: enabled. */
  disabled: disabledView.nullable(),
})
export type ConnectorDetail = z.infer<typeof connectorDetail>

/** The instance for which a person has just returned from an authorisation. */
export const authorisedInstance = z.strictObject({
  id: z.string(),
  name: z.string(),
  status: z.enum(keysOf(instanceStatuses)),
})
export type AuthorisedInstance = z.infer<typeof authorisedInstance>
