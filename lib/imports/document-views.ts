import type { AuthenticationType, HttpMethod, PhaseKind } from '@/lib/domain/vocabulary'

/** What a pasted document would add, before anything is stored. */
export type MethodPreview = {
  name: string
  type: AuthenticationType
  /** Besides those that its type has anyway. */
  variables: { key: string; displayName: string; secret: boolean; required: boolean }[]
  requests: { kind: PhaseKind; step: number; method: HttpMethod | null; url: string }[]
  /** Names in its templates that no variable of the document or the connector has. */
  unknownNames: string[]
  /** The method of that name that the connector has already; null: the name is free. */
  existing: ExistingMethod | null
  /** The document as it is understood, in its usual form. */
  document: string
}

export type ExistingMethod = {
  id: string
  name: string
  type: AuthenticationType
  revision: number
  instances: number
  /** For comparison. */
  document: string
  /** Variables that the document does not have: replacing removes them … */
  removed: string[]
  /** … but for these, for which there are values. */
  kept: string[]
}
