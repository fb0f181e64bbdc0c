/** A line of the audit trail. */
export type AuditLine = {
  id: string
  at: string
  person: string
  action: string
  objectType: string
  objectId: string | null
  objectName: string
  /** Where the object can be opened; null for what has no page or is gone. */
  href: string | null
  changes: { name: string; text: string }[]
}

export type PersonOption = { id: string; name: string }
