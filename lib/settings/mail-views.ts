import { z } from 'zod'
import { mailSteps } from '@/lib/platform/mail/mail-steps'
import { mailVariables } from '@/lib/platform/mail/mail-variables'

const missing = z.array(z.enum(mailVariables))

/** The mail server of the installation, without the user name and the password. */
export const mailSettingsView = z.strictObject({
  server: z
    .strictObject({
      host: z.string(),
      port: z.int(),
      /** TLS from the start; otherwise STARTTLS where the server offers it. */
      secure: z.boolean(),
      logsIn: z.boolean(),
      /** The variable that is set: the one with the value or the one with its file. */
      variable: z.string(),
    })
    .nullable(),
  from: z.strictObject({ name: z.string(), address: z.string(), variable: z.string() }).nullable(),
  /** Without these no mail is sent. */
  missing,
  /** Where a test mail goes; null for an actor without a person. */
  recipient: z.string().nullable(),
})
export type MailSettingsView = z.infer<typeof mailSettingsView>

/** The result of a test mail. `response`: the server's own words, in which the password is redacted. */
export const testMailResult = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('sent'), recipient: z.string(), response: z.string() }),
  z.strictObject({
    outcome: z.literal('refused'),
    step: z.enum(mailSteps),
    reason: z.string(),
    response: z.string().nullable(),
  }),
  z.strictObject({ outcome: z.literal('not_configured'), missing }),
])
export type TestMailResult = z.infer<typeof testMailResult>
