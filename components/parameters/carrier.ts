import type { PhaseKind } from '@/lib/domain/vocabulary'

/**
 * A choice of the requests that carry a parameter: "Endpoint requests" → its phases, and which requests of them (none:
 * all).
 */
export type Carrier = { label: string; phases: readonly PhaseKind[]; steps: readonly number[] }
