import type { MatrixChanges } from './schema'

/** One toggle and the state it should have. */
export type Cell = { endpointId: string; methodId: string; enabled: boolean }

export function cellsOf(changes: MatrixChanges): Cell[] {
  return changes.flatMap(({ methodId, enable, disable }) => [
    ...enable.map((endpointId) => ({ endpointId, methodId, enabled: true })),
    ...disable.map((endpointId) => ({ endpointId, methodId, enabled: false })),
  ])
}

/** The cells as two arrays for Postgres' unnest, so that any number takes one statement. */
export function columnsOf(cells: Cell[]): { endpointIds: string[]; methodIds: string[] } {
  return { endpointIds: cells.map((cell) => cell.endpointId), methodIds: cells.map((cell) => cell.methodId) }
}
