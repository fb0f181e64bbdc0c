import { z } from 'zod'

/** Shown once: only the hash of the token in it is stored. */
export const createdLink = z.strictObject({ id: z.uuid(), url: z.string(), expiresAt: z.iso.datetime() })
export type CreatedLink = z.infer<typeof createdLink>

export const linkStates = ['waiting', 'opened', 'succeeded', 'refused', 'expired'] as const
export type LinkState = (typeof linkStates)[number]

/** What a program polls. Never contains the token or the address of the link. */
export const authorisationLinkView = z.strictObject({
  id: z.uuid(),
  state: z.enum(linkStates),
  /** When the link expires; once it is opened, when the authorisation that began expires. */
  expiresAt: z.iso.datetime(),
  openedAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
  /** Why it was refused or can no longer be used. */
  message: z.string().nullable(),
})

/** What a person sees before they continue. */
export const linkToOpen = z.strictObject({
  askedBy: z.strictObject({
    kind: z.enum(['person', 'api_key', 'run', 'system']),
    name: z.string(),
    address: z.string().nullable(),
  }),
  instance: z.strictObject({ id: z.uuid(), name: z.string() }),
  connector: z.strictObject({ name: z.string(), versionLabel: z.string() }),
  /** Whether the program sent settings, which are applied at the end. */
  hasSettings: z.boolean(),
  /** Null: the browser stays in Patchbay. */
  returnTo: z.string().nullable(),
  expiresAt: z.iso.datetime(),
})
export type LinkToOpen = z.infer<typeof linkToOpen>
