import type { PhaseKind } from '../vocabulary'

/**
 * The name of a method's request in forms and refusals: `phases.verify`, or `phases.exchange.1` for the second request
 * of a phase.
 */
export function phaseField({ kind, step }: { kind: PhaseKind; step: number }): string {
  return step === 0 ? `phases.${kind}` : `phases.${kind}.${step}`
}
