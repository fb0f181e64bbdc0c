import { z } from 'zod'
import { authenticationTypes, rateLimitUnits, shownStatuses } from '@/lib/domain/vocabulary'
import { keysOf } from '@/lib/domain/text-schema'
import { settingsBefore } from '@/lib/authorisations/settings-before'
import { instanceDetails } from '@/lib/credentials/instance-details'
import { variableDefinition } from '@/lib/domain/definitions'
import { judgement } from '@/lib/verification/verification-report'

/**
 * What components know about instances. For a secret: only whether and when it was set (rule R10). Times are ISO text
 * in UTC.
 */
export const instanceFieldView = z.strictObject({
  variable: variableDefinition,
  /** Filled while a person authorises: shown, never typed. */
  filled: z.boolean(),
  isSet: z.boolean(),
  setAt: z.string().nullable(),
  /** Empty for a secret. */
  value: z.string(),
  /** A new value is pending until the authorisation. */
  waiting: z.boolean(),
})
export type InstanceFieldView = z.infer<typeof instanceFieldView>

export const instanceFields = z.strictObject({ main: z.array(instanceFieldView), advanced: z.array(instanceFieldView) })
export type InstanceFields = z.infer<typeof instanceFields>

/** An instance in the list of all instances. */
export const instanceSummary = z.strictObject({
  id: z.uuid(),
  key: z.string(),
  name: z.string(),
  /** May be empty. */
  externalId: z.string(),
  labels: z.array(z.string()),
  connector: z.strictObject({ id: z.uuid(), key: z.string(), name: z.string(), versionLabel: z.string() }),
  method: z.strictObject({
    id: z.uuid(),
    key: z.string(),
    name: z.string(),
    type: z.enum(keysOf(authenticationTypes)),
  }),
  status: z.enum(keysOf(shownStatuses)),
  statusReason: z.string(),
  statusSince: z.iso.datetime(),
  /** Set if its latest requests failed: no connection, 5xx or 429. */
  unreachableSince: z.iso.datetime().nullable(),
  lastVerifiedAt: z.iso.datetime().nullable(),
})
export type InstanceSummary = z.infer<typeof instanceSummary>

/** The values that apply if the instance sets none. */
export const inheritedDetails = z.strictObject({
  dateFormat: z.string(),
  rateLimitAmount: z.number().nullable(),
  rateLimitUnit: z.enum(keysOf(rateLimitUnits)).nullable(),
})
export type InheritedDetails = z.infer<typeof inheritedDetails>

export const certificateView = z.strictObject({
  subject: z.string(),
  issuer: z.string(),
  fingerprint: z.string(),
  validFrom: z.string().nullable(),
  validTo: z.string().nullable(),
  /** Without one there is only a private CA. */
  hasClientCertificate: z.boolean(),
  hasCa: z.boolean(),
  uploadedAt: z.string(),
  uploadedBy: z.string().nullable(),
  /** From 30 days before it expires. */
  warning: z.string().nullable(),
  expired: z.boolean(),
})
export type CertificateView = z.infer<typeof certificateView>

export const instanceHealth = z.strictObject({
  status: z.enum(keysOf(shownStatuses)),
  statusReason: z.string(),
  statusSince: z.string(),
  /** Set if its latest requests failed: no connection, 5xx or 429. */
  unreachableSince: z.string().nullable(),
  /** The last successful call; written at most once an hour. */
  lastSuccessAt: z.string().nullable(),
  lastVerifiedAt: z.string().nullable(),
  lastVerifiedBy: z.string().nullable(),
  lastVerification: judgement.nullable(),
})
export type InstanceHealth = z.infer<typeof instanceHealth>

export const tokenView = z.strictObject({
  expiresAt: z.string().nullable(),
  obtainedAt: z.string(),
  refreshCount: z.number(),
  /**
   * What happens when it expires: it is refreshed, obtained again by the token requests, or a person has to authorise
   * again. An OAuth 1 token does not expire.
   */
  renewal: z.enum(['refreshed', 'obtained_again', 'never', 'not_needed']),
  /** Further tokens with their own expiry. */
  named: z.array(z.strictObject({ key: z.string(), expiresAt: z.string() })),
})
export type TokenView = z.infer<typeof tokenView>

/** Stored from a third party's response under a variable; never a secret. */
export const storedValueView = z.strictObject({
  key: z.string(),
  label: z.string(),
  value: z.string(),
  keptAt: z.string(),
})
export type StoredValueView = z.infer<typeof storedValueView>

/** Settings that are pending until a person authorises at the third party. */
export const pendingView = z.strictObject({
  expiresAt: z.string(),
  live: z.boolean(),
  certificate: z.boolean(),
  /** Whether they differ from the stored settings. After *Authorise again* without changes they do not. */
  isNew: z.boolean(),
})
export type PendingView = z.infer<typeof pendingView>

/** What this person typed before they went to the third party, and what somebody else saved since (rule R12). */
export const overtakenView = z.strictObject({
  changedBy: z.strictObject({ name: z.string().nullable(), at: z.string() }),
  /** What both began with. */
  before: settingsBefore,
  yours: z.strictObject({
    details: z.strictObject(instanceDetails),
    /** Plain values by variable. */
    values: z.record(z.string(), z.string()),
    /** Variables whose secret is stored, sealed. */
    secretIds: z.array(z.string()),
    certificate: z.enum(['replace', 'remove']).nullable(),
  }),
})
export type OvertakenView = z.infer<typeof overtakenView>

export const instanceMethodView = z.strictObject({
  id: z.string(),
  name: z.string(),
  type: z.enum(keysOf(authenticationTypes)),
  /** Rule R7: a person must act at the third party. */
  needsPerson: z.boolean(),
  /** True also if a token request shows whether the credentials are accepted. */
  hasTestRequest: z.boolean(),
  /** Deleting an instance revokes its tokens at the third party. */
  revokes: z.boolean(),
})
export type InstanceMethodView = z.infer<typeof instanceMethodView>

/** What was disabled: the instance, its connector, or both. */
export const disabledPart = z.strictObject({
  noun: z.enum(['instance', 'connector']),
  id: z.string(),
  name: z.string(),
  by: z.string().nullable(),
  at: z.string(),
})
export type DisabledPart = z.infer<typeof disabledPart>

export const instanceDetail = z.strictObject({
  id: z.string(),
  /** Stable; programs may use it instead of the ID. */
  key: z.string(),
  /** The stored name; `details` may contain a pending one. */
  name: z.string(),
  revision: z.number(),
  connector: z.strictObject({ id: z.string(), name: z.string(), versionLabel: z.string() }),
  method: instanceMethodView,
  /** Empty: requests may be sent with it. */
  disabled: z.array(disabledPart),
  details: z.strictObject(instanceDetails),
  inherited: inheritedDetails,
  fields: instanceFields,
  certificate: certificateView.nullable(),
  health: instanceHealth,
  token: tokenView.nullable(),
  kept: z.array(storedValueView),
  pending: pendingView.nullable(),
  /** Null unless this person has to choose between two versions. */
  overtaken: overtakenView.nullable(),
  usedBy: z.strictObject({
    flows: z.array(z.strictObject({ id: z.string(), name: z.string() })),
    flowCount: z.number(),
  }),
  updatedAt: z.string(),
  updatedBy: z.string().nullable(),
})
export type InstanceDetail = z.infer<typeof instanceDetail>

/** A method as *Add new instance* offers it (rule R5). */
export const methodChoice = z.strictObject({
  ...instanceMethodView.shape,
  documentationUrl: z.string(),
  fields: instanceFields,
})
export type MethodChoice = z.infer<typeof methodChoice>

export const newInstanceView = z.strictObject({
  connector: z.strictObject({ id: z.string(), name: z.string(), versionLabel: z.string() }),
  /** The connector's name for its first instance; empty for further ones, whose names have to distinguish them. */
  proposedName: z.string(),
  inherited: inheritedDetails,
  methods: z.array(methodChoice),
})
export type NewInstanceView = z.infer<typeof newInstanceView>

export const connectorChoice = z.strictObject({
  id: z.string(),
  name: z.string(),
  versionLabel: z.string(),
  methods: z.number(),
  instances: z.number(),
})
export type ConnectorChoice = z.infer<typeof connectorChoice>
