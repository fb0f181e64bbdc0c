import type { VariableDefinition } from '@/lib/domain/definitions'
import type { Judgement } from '@/lib/domain/answers/verification'
import type { AuthenticationType, InstanceStatus, RateLimitUnit } from '@/lib/domain/vocabulary'
import type { FormState } from '@/lib/platform/forms/form-state'

/** What components get of instances. Of a secret only whether and when it was set (rule R10). Times are ISO texts, UTC. */

export type InstanceFieldView = {
  variable: VariableDefinition
  /** Filled while a person authorises: shown, never typed. */
  filled: boolean
  isSet: boolean
  setAt: string | null
  /** Empty for a secret. */
  value: string
  /** A new value waits for the authorisation. */
  waiting: boolean
}

export type InstanceFields = { main: InstanceFieldView[]; advanced: InstanceFieldView[] }

export type InstanceDetails = {
  name: string
  timeZone: string
  /** Empty: the connector's. */
  dateFormat: string
  rateLimitAmount: number | null
  rateLimitUnit: RateLimitUnit | null
  maxConcurrent: number | null
}

/** What holds where the instance says nothing. */
export type InheritedDetails = {
  dateFormat: string
  rateLimitAmount: number | null
  rateLimitUnit: RateLimitUnit | null
}

export type CertificateView = {
  subject: string
  issuer: string
  fingerprint: string
  validFrom: string | null
  validTo: string | null
  /** Without one there is only a private CA. */
  hasClientCertificate: boolean
  hasCa: boolean
  uploadedAt: string
  uploadedBy: string | null
  /** From 30 days before it expires. */
  warning: string | null
  expired: boolean
}

export type InstanceHealth = {
  status: InstanceStatus
  statusReason: string
  statusSince: string
  lastVerifiedAt: string | null
  lastVerifiedBy: string | null
  lastVerification: Judgement | null
}

export type TokenView = {
  expiresAt: string | null
  obtainedAt: string
  refreshCount: number
  /** When it ends: refreshed, asked for anew by the token requests, or only a person can get another. An OAuth 1 token has no end. */
  renewal: 'refreshed' | 'obtained_anew' | 'never' | 'not_needed'
  /** Further tokens with an end of their own. */
  named: { key: string; expiresAt: string }[]
}

/** Kept of a third party's answer under a variable; never a secret. */
export type KeptValueView = { key: string; label: string; value: string; keptAt: string }

/** What waits for a person's yes at the third party. */
export type PendingView = { expiresAt: string; live: boolean; certificate: boolean }

export type InstanceMethodView = {
  id: string
  name: string
  type: AuthenticationType
  /** Rule R7: a person must act at the third party. */
  needsPerson: boolean
  /** Or another request that tells whether the credentials are accepted: the one for a token. */
  hasTestRequest: boolean
  /** Deleting an instance ends its tokens at the third party. */
  revokes: boolean
}

export type InstanceDetail = {
  id: string
  /** As it is stored; `details` may hold a new one that waits. */
  name: string
  revision: number
  connector: { id: string; name: string; versionLabel: string }
  method: InstanceMethodView
  details: InstanceDetails
  inherited: InheritedDetails
  fields: InstanceFields
  certificate: CertificateView | null
  health: InstanceHealth
  token: TokenView | null
  kept: KeptValueView[]
  pending: PendingView | null
  usedBy: { flows: { id: string; name: string }[]; flowCount: number }
  updatedAt: string
  updatedBy: string | null
}

/** A method as the wizard offers it (rule R5). */
export type MethodChoice = InstanceMethodView & { documentationUrl: string; fields: InstanceFields }

export type NewInstanceView = {
  connector: { id: string; name: string; versionLabel: string }
  inherited: InheritedDetails
  methods: MethodChoice[]
}

export type ConnectorChoice = { id: string; name: string; versionLabel: string; methods: number; instances: number }

export type VerificationView = Judgement & { durationMs: number }

/** What a save came to. Never echoes what was typed. */
export type SaveOutcome =
  /** `problem`: what the after-connect lookups did not find; everything else is stored. */
  | { kind: 'saved'; instanceId: string; verified: boolean; problem: string | null }
  /** Off to the third party: nothing in force has changed yet. */
  | { kind: 'authorise'; redirectTo: string }
  /** Rejected, or not to be told: nothing was stored (rule R6). */
  | { kind: 'unverified'; report: VerificationView }

export type SaveAnswer = SaveOutcome | { kind: 'refused'; form: FormState; retypeSecrets: string | null }
export type TestAnswer =
  { kind: 'tested'; report: VerificationView } | { kind: 'refused'; form: FormState; retypeSecrets: string | null }
