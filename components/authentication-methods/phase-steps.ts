import { emptyPhase, type MethodDraft, type PhaseDraft } from '@/components/authentication-methods/method-draft'
import type { ParameterRow } from '@/components/parameters/parameter-row'
import type { PhaseKind } from '@/lib/domain/vocabulary'

/** Phases that take several requests in order: adding, removing and moving one, with the parameters that go with it. */

/** How many requests a phase may have. */
export const mostSteps: Partial<Record<PhaseKind, number>> = { exchange: 5, verify: 3, after_connect: 3 }

/** The requests of a phase in their order; there is always a first one to fill in. */
export function stepsOf(draft: MethodDraft, kind: PhaseKind): PhaseDraft[] {
  const own = draft.phases.filter((phase) => phase.kind === kind).sort((one, other) => one.step - other.step)
  return own[0]?.step === 0 ? own : [emptyPhase(kind), ...own]
}

export function addStep(draft: MethodDraft, kind: PhaseKind): MethodDraft {
  const steps = stepsOf(draft, kind)
  return withSteps(draft, kind, [...steps, emptyPhase(kind, steps.length)])
}

export function removeStep(draft: MethodDraft, kind: PhaseKind, gone: number): MethodDraft {
  const steps = stepsOf(draft, kind).filter(({ step }) => step !== gone)
  const parameters = draft.parameters.flatMap((row) => withoutStep(row, kind, gone))
  const moved = (step: number) => (step > gone ? step - 1 : step)
  return withSteps({ ...draft, parameters: renumbered(parameters, kind, moved) }, kind, steps)
}

/** Swaps two adjacent requests. */
export function moveStep(draft: MethodDraft, kind: PhaseKind, from: number, to: number): MethodDraft {
  const steps = stepsOf(draft, kind)
  const [one, other] = [steps[from], steps[to]]
  if (!one || !other) return draft
  const swapped = steps.map((step) => (step === one ? other : step === other ? one : step))
  const moved = (step: number) => (step === from ? to : step === to ? from : step)
  return withSteps({ ...draft, parameters: renumbered(draft.parameters, kind, moved) }, kind, swapped)
}

function withSteps(draft: MethodDraft, kind: PhaseKind, steps: PhaseDraft[]): MethodDraft {
  const others = draft.phases.filter((phase) => phase.kind !== kind)
  return { ...draft, phases: [...others, ...steps.map((phase, step) => ({ ...phase, step }))] }
}

/** A parameter that only the removed request carries is removed too. */
function withoutStep(row: ParameterRow, kind: PhaseKind, gone: number): ParameterRow[] {
  if (!row.phases.includes(kind) || !row.steps.includes(gone)) return [row]
  const steps = row.steps.filter((step) => step !== gone)
  if (steps.length > 0) return [{ ...row, steps }]
  const phases = row.phases.filter((phase) => phase !== kind)
  return phases.length > 0 ? [{ ...row, phases, steps: [] }] : []
}

function renumbered(rows: readonly ParameterRow[], kind: PhaseKind, moved: (step: number) => number): ParameterRow[] {
  return rows.map((row) =>
    row.phases.includes(kind) ? { ...row, steps: row.steps.map(moved).sort((one, other) => one - other) } : row,
  )
}
