import { z } from 'zod'

/** A line of the audit trail. */
export const auditLine = z.strictObject({
  id: z.string(),
  at: z.string(),
  person: z.string(),
  action: z.string(),
  objectType: z.string(),
  objectId: z.string().nullable(),
  objectName: z.string(),
  /** Where the object can be opened; null for what has no page or is gone. */
  href: z.string().nullable(),
  changes: z.array(z.strictObject({ name: z.string(), text: z.string() })),
})
export type AuditLine = z.infer<typeof auditLine>

export const personOption = z.strictObject({ id: z.string(), name: z.string() })
export type PersonOption = z.infer<typeof personOption>
