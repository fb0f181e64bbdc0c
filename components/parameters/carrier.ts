import type { PhaseKind } from '@/lib/domain/vocabulary'

/**
 * An option for the requests that carry a parameter: for example "Endpoint requests" with its phases, and the numbers
 * of the requests in them (empty: all).
 */
export type Carrier = { label: string; phases: readonly PhaseKind[]; steps: readonly number[] }
