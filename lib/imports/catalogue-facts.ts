import { z } from 'zod'

/** What a file of the catalogue says of itself. It is no part of the connection document, and people see it beside it. */
export type CatalogueFacts = z.output<ReturnType<typeof factsSchema>>

/** @param latest the last day on which the facts may have been checked, such as `2026-11-30` */
export const factsSchema = (latest: string) =>
  z.strictObject({
    /** When methods and endpoints were compared with the sources; null: not yet. */
    checked: z.iso
      .date()
      .refine((day) => day <= latest, 'Facts cannot have been checked in the future.')
      .nullable(),
    /** Pages of the vendor's documentation, that of authentication first. */
    sources: z
      .array(z.url({ protocol: /^https$/, error: 'A source is an address that starts with https://.' }))
      .min(1, 'Name at least one source.')
      .max(20),
  })
