import type { ShapeSettings } from '@/lib/flows/shape-views'

/** A shape's settings while they are edited. The choices are in the address; the draft contains what is typed. */
export type ShapeDraft = {
  name: string
  timeoutSeconds: string
  /** Only what was typed; `null` clears. */
  values: Record<string, string | null>
  /** Only what was changed; `null` removes the filter. */
  filters: Record<string, string | null>
}

export function shapeDraft(settings: ShapeSettings): ShapeDraft {
  return {
    name: settings.name,
    timeoutSeconds: settings.timeoutSeconds === null ? '' : String(settings.timeoutSeconds),
    values: {},
    filters: {},
  }
}

export function isDirty(settings: ShapeSettings, draft: ShapeDraft): boolean {
  const before = shapeDraft(settings)
  return (
    draft.name !== before.name ||
    draft.timeoutSeconds !== before.timeoutSeconds ||
    Object.keys(draft.values).length > 0 ||
    Object.keys(draft.filters).length > 0 ||
    (settings.instance?.id ?? null) !== settings.saved.instanceId ||
    (settings.endpoint?.id ?? null) !== settings.saved.endpointId
  )
}

/** The input of the action. Values that were typed for an endpoint other than the chosen one are left out. */
export function shapeInput(settings: ShapeSettings, draft: ShapeDraft, revision: number) {
  const variables = settings.endpoint?.variables ?? []
  const filters = settings.endpoint?.filters ?? []
  return {
    flowId: settings.flowId,
    revision,
    shapeId: settings.id,
    name: draft.name,
    instanceId: settings.instance?.id ?? null,
    endpointId: settings.endpoint?.id ?? null,
    timeoutSeconds: draft.timeoutSeconds === '' ? null : Number(draft.timeoutSeconds),
    values: variables.flatMap(({ definition: { id } }) =>
      draft.values[id] === undefined ? [] : [{ variableId: id, value: draft.values[id] }],
    ),
    filters: filters.flatMap(({ definition: { id }, value }) => {
      const current = draft.filters[id] === undefined ? value : draft.filters[id]
      return current === null ? [] : [{ parameterId: id, value: current }]
    }),
  }
}
