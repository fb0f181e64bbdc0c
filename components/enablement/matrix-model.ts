import type { MatrixChanges } from '@/lib/enablement/schema'
import type { Matrix, MatrixEndpoint, MatrixMethod } from '@/lib/enablement/views'

/** The matrix while it is edited: the current state on the server, and the staged changes. */

export type CellKey = string
export type Staged = ReadonlyMap<CellKey, boolean>
export type CellState = 'all' | 'mixed' | 'none'
export type Cell = { endpoint: MatrixEndpoint; method: MatrixMethod; enabled: boolean }

export const cellKey = (endpointId: string, methodId: string): CellKey => `${endpointId} ${methodId}`

/** The cells that are on now. */
export function enabledCells({ methods, endpoints }: Matrix): ReadonlySet<CellKey> {
  return new Set(
    endpoints.flatMap((endpoint) => endpoint.enabled.map((position) => cellKey(endpoint.id, methods[position]!.id))),
  )
}

export function isOn(base: ReadonlySet<CellKey>, staged: Staged, key: CellKey): boolean {
  return staged.get(key) ?? base.has(key)
}

/** Stages a state for cells. A cell that returns to its current state is no longer staged. */
export function stage(base: ReadonlySet<CellKey>, staged: Staged, keys: CellKey[], enabled: boolean): Staged {
  const next = new Map(staged)
  for (const key of keys) {
    if (base.has(key) === enabled) next.delete(key)
    else next.set(key, enabled)
  }
  return next
}

export function stateOf(base: ReadonlySet<CellKey>, staged: Staged, keys: CellKey[]): CellState {
  const on = keys.reduce((count, key) => count + (isOn(base, staged, key) ? 1 : 0), 0)
  if (on === 0) return 'none'
  return on === keys.length ? 'all' : 'mixed'
}

/** The staged cells of endpoints and methods that still exist, in the order of the matrix. */
export function stagedCells({ methods, endpoints }: Matrix, base: ReadonlySet<CellKey>, staged: Staged): Cell[] {
  if (staged.size === 0) return []
  return endpoints.flatMap((endpoint) =>
    methods.flatMap((method) => {
      const key = cellKey(endpoint.id, method.id)
      const enabled = staged.get(key)
      return enabled === undefined || base.has(key) === enabled ? [] : [{ endpoint, method, enabled }]
    }),
  )
}

/** The changes as input of the action: grouped by method. */
export function changesOf(cells: Cell[]): MatrixChanges {
  const byMethod = new Map<string, MatrixChanges[number]>()
  for (const { endpoint, method, enabled } of cells) {
    const change = byMethod.get(method.id) ?? { methodId: method.id, enable: [], disable: [] }
    change[enabled ? 'enable' : 'disable'].push(endpoint.id)
    byMethod.set(method.id, change)
  }
  return [...byMethod.values()]
}

export type MatrixRow =
  { kind: 'group'; entityType: string; endpoints: MatrixEndpoint[] } | { kind: 'endpoint'; endpoint: MatrixEndpoint }

/** The endpoints whose name, entity type or URL contains the text. */
export function filterEndpoints(
  endpoints: MatrixEndpoint[],
  search: string,
  entityType: string | null,
): MatrixEndpoint[] {
  const text = search.trim().toLowerCase()
  return endpoints.filter(
    (endpoint) =>
      (entityType === null || endpoint.entityType === entityType) &&
      (text === '' ||
        [endpoint.name, endpoint.entityType, endpoint.url].some((value) => value.toLowerCase().includes(text))),
  )
}

/**
 * A heading per entity type, followed by its endpoints unless it is collapsed. The endpoints are already sorted by
 * entity type.
 */
export function matrixRows(endpoints: MatrixEndpoint[], folded: ReadonlySet<string>): MatrixRow[] {
  const groups = new Map<string, MatrixEndpoint[]>()
  for (const endpoint of endpoints) {
    const group = groups.get(endpoint.entityType)
    if (group) group.push(endpoint)
    else groups.set(endpoint.entityType, [endpoint])
  }
  return [...groups].flatMap(([entityType, members]): MatrixRow[] => [
    { kind: 'group', entityType, endpoints: members },
    ...(folded.has(entityType) ? [] : members.map((endpoint) => ({ kind: 'endpoint' as const, endpoint }))),
  ])
}

/** The cells of some endpoints for some methods. */
export function keysOf(endpoints: MatrixEndpoint[], methods: MatrixMethod[]): CellKey[] {
  return endpoints.flatMap((endpoint) => methods.map((method) => cellKey(endpoint.id, method.id)))
}
