import { unansweredForm } from '@/lib/platform/forms/unanswered'

/** The result if the server does not respond to saving or testing an instance. What was typed stays. */
export const unansweredSave = (said?: string) => ({
  kind: 'refused' as const,
  form: unansweredForm(said),
  retypeSecrets: null,
})
