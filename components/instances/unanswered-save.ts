import { unansweredForm } from '@/lib/platform/forms/unanswered'

/** The answer of saving or testing an instance whose own answer never comes: what was typed stays. */
export const unansweredSave = { kind: 'refused' as const, form: unansweredForm, retypeSecrets: null }
