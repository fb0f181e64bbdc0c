import { shapeDraft, type ShapeDraft } from '@/components/connection-shape/shape-draft'
import type { ShapeSettings } from '@/lib/flows/shape-views'

/** A shape's settings in the form in which two versions are compared (rule R12). */
export type ShapeParts = {
  name: string
  timeoutSeconds: string
  calls: Calls
  values: Record<string, string | { isWhole: true; typed: string | null }>
  filters: Record<string, string | null>
}
/** Instance and endpoint are chosen together. */
type Calls = { isWhole: true; instanceId: string | null; endpointId: string | null; text: string }

function calls(
  instance: { id: string | null; name: string | null },
  endpoint: { id: string | null; name: string | null },
): Calls {
  const text = [instance.name, endpoint.name].filter((name) => name !== null).join(' · ')
  return { isWhole: true, instanceId: instance.id, endpointId: endpoint.id, text: text || 'Nothing chosen' }
}

const nothing = { id: null, name: null }

/** The stored settings. */
export function storedParts(settings: ShapeSettings): ShapeParts {
  const { instanceId, instanceName, endpointId, endpointName } = settings.saved
  return {
    ...shapeParts(settings, shapeDraft(settings)),
    calls: calls({ id: instanceId, name: instanceName }, { id: endpointId, name: endpointName }),
  }
}

/** The settings as they are typed and chosen. */
export function shapeParts(settings: ShapeSettings, draft: ShapeDraft): ShapeParts {
  const { instance, endpoint } = settings
  const values = (endpoint?.variables ?? []).map(({ definition: { id, secret }, value }) => {
    const typed = draft.values[id]
    return [id, secret ? { isWhole: true, typed: typed ?? null } : (typed ?? value)]
  })
  const filters = (endpoint?.filters ?? []).map(({ definition: { id }, value }) => {
    const typed = draft.filters[id]
    return [id, typed === undefined ? value : typed]
  })
  return {
    name: draft.name,
    timeoutSeconds: draft.timeoutSeconds,
    calls: calls(instance ?? nothing, endpoint ?? nothing),
    values: Object.fromEntries(values) as ShapeParts['values'],
    filters: Object.fromEntries(filters) as ShapeParts['filters'],
  }
}

/** @param settings what is stored now; parts that are equal to it count as unchanged */
export function draftOfParts(settings: ShapeSettings, parts: ShapeParts): ShapeDraft {
  const stored = storedParts(settings)
  const values = Object.entries(parts.values).flatMap(([id, value]): [string, string | null][] => {
    if (typeof value !== 'string') return value.typed === null ? [] : [[id, value.typed]]
    return value === stored.values[id] ? [] : [[id, value]]
  })
  const filters = Object.entries(parts.filters).filter(([id, value]) => value !== (stored.filters[id] ?? null))
  return {
    name: parts.name,
    timeoutSeconds: parts.timeoutSeconds,
    values: Object.fromEntries(values),
    filters: Object.fromEntries(filters),
  }
}

export function shapeVersionText(_path: readonly string[], value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if ('text' in value) return String(value.text)
  return 'typed' in value ? 'Replaced with what you typed' : undefined
}

export function shapeLabel({ endpoint }: ShapeSettings, [group, id]: readonly string[]): string | undefined {
  if (group === 'calls') return 'Instance and endpoint'
  if (group !== 'values' && group !== 'filters') return undefined
  const rows = [...(endpoint?.variables ?? []), ...(endpoint?.filters ?? [])]
  const definition = rows.find((row) => row.definition.id === id)?.definition
  return definition && (definition.displayName || definition.key)
}
