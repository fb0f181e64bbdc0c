import { tidied, type MethodDraft, type PhaseDraft } from '@/components/authentication-methods/method-draft'

/** A method's draft as two versions of it are compared: each phase by its name, so that its fields are compared too. */
export type MethodParts = Omit<MethodDraft, 'phases'> & { phases: Record<string, PhaseDraft> }

export function methodParts(draft: MethodDraft): MethodParts {
  const phases = draft.phases.map(tidied).map((phase) => [nameOf(phase), phase])
  return { ...draft, phases: Object.fromEntries(phases) as MethodParts['phases'] }
}

export function draftOfParts(parts: MethodParts): MethodDraft {
  return { ...parts, phases: Object.values(parts.phases) }
}

/** As the names of its fields begin: `exchange.url`, `exchange.1.url`. */
const nameOf = ({ kind, step }: PhaseDraft) => (step === 0 ? kind : `${kind}.${step}`)
