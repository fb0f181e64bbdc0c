import type { AuthenticationType, HttpMethod, PhaseKind } from '@/lib/domain/vocabulary'

/** What a pasted document would add, before anything is stored. */
export type MethodPreview = {
  name: string
  type: AuthenticationType
  variables: { key: string; displayName: string; secret: boolean; required: boolean }[]
  requests: { kind: PhaseKind; step: number; method: HttpMethod | null; url: string }[]
  /** Names in its templates that no variable of the document or the connector has. */
  unknownNames: string[]
  /** The method of that name that the connector has already, as a document, for comparison; null: the name is free. */
  existing: { id: string; name: string; document: string } | null
  /** The document as it is understood, in its usual form. */
  document: string
}
