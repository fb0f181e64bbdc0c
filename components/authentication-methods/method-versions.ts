import { tidied, type MethodDraft, type PhaseDraft } from '@/components/authentication-methods/method-draft'

/**
 * A method's draft in the form in which two versions are compared: phases are listed by name, so that their fields are
 * compared one by one.
 */
export type MethodParts = Omit<MethodDraft, 'phases'> & { phases: Record<string, PhaseDraft> }

export function methodParts(draft: MethodDraft): MethodParts {
  const phases = draft.phases.map(tidied).map((phase) => [nameOf(phase), phase])
  return { ...draft, phases: Object.fromEntries(phases) as MethodParts['phases'] }
}

export function draftOfParts(parts: MethodParts): MethodDraft {
  return { ...parts, phases: Object.values(parts.phases) }
}

/** The first part of its fields' names: `exchange.url`, `exchange.1.url`. */
const nameOf = ({ kind, step }: PhaseDraft) => (step === 0 ? kind : `${kind}.${step}`)
