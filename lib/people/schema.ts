import { z } from 'zod'
import { roles } from '@/lib/domain/access/roles'
import { anyText, nameOr } from '@/lib/domain/text-schema'
import { longestPassword, shortestPassword } from '@/lib/platform/session/password-length'

/** The rules for a person's name, email and password, wherever a person is created. */

export const workspaceNameSchema = nameOr('Enter a name for the workspace, usually the company’s.')
export const personNameSchema = nameOr('Enter your name.')
export const emailSchema = z
  .string()
  .trim()
  .toLowerCase()
  .pipe(z.email('Enter an email address such as dana@example.com.').max(320, 'Use at most 320 characters.'))
export const passwordSchema = anyText(
  longestPassword,
  `Use at most ${longestPassword.toLocaleString('en-GB')} characters.`,
).min(
  shortestPassword,
  `Use at least ${shortestPassword} characters. A passphrase of several words is easy to remember.`,
)
export const roleSchema = z.enum(roles, `The role must be one of ${roles.join(', ')}.`)

export const addMemberSchema = z.strictObject({
  email: emailSchema,
  name: personNameSchema.optional(),
  password: passwordSchema.optional(),
  role: roleSchema,
})
export type AddMemberInput = z.infer<typeof addMemberSchema>
