import { z } from 'zod'

/** A line of the audit log. */
export const auditLine = z.strictObject({
  id: z.string(),
  at: z.string(),
  person: z.string(),
  /** The API key that acted; its name is in `person`. */
  keyId: z.string().nullable(),
  /** Where the request came from; null if unknown. */
  address: z.string().nullable(),
  objectType: z.string(),
  objectId: z.string().nullable(),
  objectName: z.string(),
  /**
   * The page of the object, which may have been deleted since. Null for an object without a page, and for a deletion.
   */
  href: z.string().nullable(),
  /** The name of the operation. */
  action: z.string(),
  /** What was done: “Changed endpoint”. */
  what: z.string(),
  /** What changed, a sentence for each field. */
  changes: z.array(z.string()),
})
export type AuditLine = z.infer<typeof auditLine>

/** The filters of *Activity* by object; also the names of their parameters in the address. */
export const filterKinds = ['connector', 'instance', 'endpoint', 'flow', 'person'] as const
export type FilterKind = (typeof filterKinds)[number]

/** The objects that the filters name. A key is chosen and named in the filter of people. */
export const namedKinds = [...filterKinds, 'key'] as const
export type NamedKind = (typeof namedKinds)[number]

export const filterChoice = z.strictObject({
  id: z.string(),
  label: z.string(),
  /** Distinguishes choices with the same name; may be empty. */
  detail: z.string(),
})
export type FilterChoice = z.infer<typeof filterChoice>

/** Null: not chosen, or deleted. */
export const filterNames = z.record(z.enum(namedKinds), filterChoice.nullable())
export type FilterNames = z.infer<typeof filterNames>

/** How a connector was created (the line of its creation), and its latest changes, newest first. */
export const connectorHistory = z.strictObject({ cameFrom: auditLine.nullable(), changes: z.array(auditLine) })
export type ConnectorHistory = z.infer<typeof connectorHistory>
