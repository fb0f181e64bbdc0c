import type { MatrixChanges } from '@/lib/enablement/schema'
import type { Matrix, MatrixEndpoint, MatrixMethod } from '@/lib/enablement/views'

/** The matrix while it is edited: what holds on the server, and the changes staged over it. */

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

/** Cells brought to a state; one that returns to what holds is not staged any more. */
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

/** As the action takes them: by method. */
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

/** Name, entity type or URL contain what was typed. */
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

/** A heading per entity type, followed by its endpoints unless it is folded. The endpoints come in that order. */
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
