import { z } from 'zod'
import { line } from '@/lib/domain/text-schema'

export const signInSchema = z.strictObject({
  email: line(320).trim().toLowerCase().min(1, 'Enter your email.'),
  password: z.string().min(1, 'Enter your password.').max(1_024, 'A password has at most 1,024 characters.'),
  returnTo: z.string().optional(),
})

/** For signing in from a dialog on a page, to the workspace of the page. */
export const signInAgainSchema = z.strictObject({
  email: signInSchema.shape.email,
  password: signInSchema.shape.password,
  workspaceId: z.uuid(),
})
