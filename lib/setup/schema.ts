import { z } from 'zod'
import { emailSchema, passwordSchema, personNameSchema, workspaceNameSchema } from '@/lib/people/schema'

export const setUpSchema = z.strictObject({
  workspaceName: workspaceNameSchema,
  name: personNameSchema,
  email: emailSchema,
  password: passwordSchema,
})

export type SetUpInput = z.infer<typeof setUpSchema>
