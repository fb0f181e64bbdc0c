import { z } from 'zod'

export const signInSchema = z.strictObject({
  email: z.string().trim().toLowerCase().min(1, 'Enter your e-mail.').max(320, 'This is not an e-mail address.'),
  password: z.string().min(1, 'Enter your password.').max(1_024, 'This is longer than any password here.'),
  returnTo: z.string().optional(),
})
