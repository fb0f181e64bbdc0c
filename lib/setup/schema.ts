import { z } from 'zod'
import { line } from '@/lib/platform/forms/text-schema'
import { longestPassword, shortestPassword } from '@/lib/platform/session/password-length'

export const setUpSchema = z.strictObject({
  workspaceName: line(120).trim().min(1, 'Enter a name for the workspace: usually the company.'),
  name: line(120).trim().min(1, 'Enter your name.'),
  email: z
    .string()
    .trim()
    .toLowerCase()
    .pipe(
      z
        .email('Enter an e-mail address such as dana@example.com.')
        .max(320, 'An e-mail address has at most 320 characters.'),
    ),
  password: z
    .string()
    .min(
      shortestPassword,
      `Use at least ${shortestPassword} characters; a few words in a row are easy to keep in mind.`,
    )
    .max(longestPassword, `Use at most ${longestPassword.toLocaleString('en-GB')} characters.`),
})

export type SetUpInput = z.infer<typeof setUpSchema>
