import { z } from 'zod'
import { roles } from '@/lib/domain/access/roles'
import { setUpSchema } from '@/lib/setup/schema'

/** The same rules for a person's name, e-mail and password wherever one is made. */
const { name, email, password, workspaceName } = setUpSchema.shape

export const emailSchema = email
export const passwordSchema = password
export const roleSchema = z.enum(roles, `The role is one of ${roles.join(', ')}.`)
export const addMemberSchema = z.strictObject({
  email,
  name: name.optional(),
  password: password.optional(),
  role: roleSchema,
})
export type AddMemberInput = z.infer<typeof addMemberSchema>
export const workspaceNameSchema = workspaceName
