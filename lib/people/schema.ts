import { z } from 'zod'
import { roles } from '@/lib/domain/access/roles'
import { anyText, nameOr } from '@/lib/domain/text-schema'
import { isTimeZone } from '@/lib/domain/dates/time-zone'
import { idOf, idToFind } from '@/lib/operations/input'
import type { SortColumns } from '@/lib/platform/lists/list-page'
import { listParamsOf } from '@/lib/platform/lists/list-schema'
import { longestPassword, shortestPassword } from '@/lib/platform/session/password-length'

/** The rules for a person's name, email and password, wherever a person is created, and the input of operations. */

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

export const addPersonSchema = z.strictObject({
  email: emailSchema,
  name: personNameSchema.optional(),
  password: passwordSchema.optional(),
  role: roleSchema,
})
export type AddPersonInput = z.infer<typeof addPersonSchema>

/** Default: by name. */
export const peopleSorts = {
  name: { column: 'foldedName', kind: 'text' },
  added: { column: 'createdAt', kind: 'date' },
} as const satisfies SortColumns

export const listPeopleSchema = z.strictObject(listParamsOf(peopleSorts))

const userId = idOf('person')

export const personSchema = z.strictObject({ userId })
export const changeRoleSchema = z.strictObject({ userId, role: roleSchema })
export const removePersonSchema = z.strictObject({
  userId,
  /** The person's API keys that the actor takes over. All others are revoked. */
  takeOver: z.array(z.uuid()).max(1_000).default([]),
})

export const invitePersonSchema = z.strictObject({ email: emailSchema, role: roleSchema })

/** There is only one order: newest first. */
export const invitationSorts = { created: { column: 'createdAt', kind: 'date' } } as const satisfies SortColumns
export const listInvitationsSchema = z.strictObject({ after: listParamsOf(invitationSorts).after })
export const invitationSchema = z.strictObject({ invitationId: idOf('invitation') })

/** What a person types who accepts an invitation and has no account yet. */
export const newPersonSchema = z.strictObject({ name: personNameSchema, password: passwordSchema })
export const resetPasswordSchema = z.strictObject({ password: passwordSchema })

export const switchWorkspaceSchema = z.strictObject({ workspaceId: idToFind })

export const saveProfileSchema = z.strictObject({
  name: personNameSchema,
  /** An IANA name; an empty text means the time zone of the browser. */
  timeZone: z.string().refine((name) => name === '' || isTimeZone(name), 'Choose a time zone from the list.'),
})

export const changePasswordSchema = z.strictObject({
  currentPassword: anyText(longestPassword).min(1, 'Enter your current password.'),
  newPassword: passwordSchema,
})
