import type { PhaseKind } from '../vocabulary'

/**
 * How forms and refusals name a request of a method: `phases.verify`, and `phases.exchange.1` for a further one of its
 * phase.
 */
export function phaseField({ kind, step }: { kind: PhaseKind; step: number }): string {
  return step === 0 ? `phases.${kind}` : `phases.${kind}.${step}`
}
