import { unansweredForm } from '@/lib/platform/forms/unanswered'

/** The answer of saving or testing an instance whose own answer never comes: what was typed stays. */
export const unansweredSave = (said?: string) => ({
  kind: 'refused' as const,
  form: unansweredForm(said),
  retypeSecrets: null,
})
