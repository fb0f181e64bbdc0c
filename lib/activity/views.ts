import { z } from 'zod'

/** A line of the audit trail. */
export const auditLine = z.strictObject({
  id: z.string(),
  at: z.string(),
  person: z.string(),
  /** Where the request came from; null where that is not known. */
  address: z.string().nullable(),
  objectType: z.string(),
  objectId: z.string().nullable(),
  objectName: z.string(),
  /** Where the object can be opened, unless it was deleted later; null for what has no page, and for a deletion. */
  href: z.string().nullable(),
  /** The operation's name. */
  action: z.string(),
  /** What was done: “Changed endpoint”. */
  what: z.string(),
  /** What changed, a sentence for each field. */
  changes: z.array(z.string()),
})
export type AuditLine = z.infer<typeof auditLine>

/** What *Activity* can be narrowed to by name; also the name of the parameter in the address. */
export const filterKinds = ['connector', 'instance', 'endpoint', 'flow', 'person'] as const
export type FilterKind = (typeof filterKinds)[number]

export const filterChoice = z.strictObject({
  id: z.string(),
  label: z.string(),
  /** What tells choices of the same name apart; may be empty. */
  detail: z.string(),
})
export type FilterChoice = z.infer<typeof filterChoice>

/** Null: not chosen, or gone. */
export const filterNames = z.record(z.enum(filterKinds), filterChoice.nullable())
export type FilterNames = z.infer<typeof filterNames>

/** Where a connector came from (the line of its creation), and its latest changes, newest first. */
export const connectorHistory = z.strictObject({ cameFrom: auditLine.nullable(), changes: z.array(auditLine) })
export type ConnectorHistory = z.infer<typeof connectorHistory>
