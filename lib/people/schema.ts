import { z } from 'zod'
import { roles } from '@/lib/domain/access/roles'
import { anyText, nameOr } from '@/lib/domain/text-schema'
import { longestPassword, shortestPassword } from '@/lib/platform/session/password-length'

/** The same rules for a person's name, e-mail and password wherever one is made. */

export const workspaceNameSchema = nameOr('Enter a name for the workspace: usually the company.')
export const personNameSchema = nameOr('Enter your name.')
export const emailSchema = z
  .string()
  .trim()
  .toLowerCase()
  .pipe(
    z
      .email('Enter an e-mail address such as dana@example.com.')
      .max(320, 'An e-mail address has at most 320 characters.'),
  )
export const passwordSchema = anyText(
  longestPassword,
  `Use at most ${longestPassword.toLocaleString('en-GB')} characters.`,
).min(shortestPassword, `Use at least ${shortestPassword} characters; a few words in a row are easy to keep in mind.`)
export const roleSchema = z.enum(roles, `The role is one of ${roles.join(', ')}.`)

export const addMemberSchema = z.strictObject({
  email: emailSchema,
  name: personNameSchema.optional(),
  password: passwordSchema.optional(),
  role: roleSchema,
})
export type AddMemberInput = z.infer<typeof addMemberSchema>
