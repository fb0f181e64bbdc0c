import type { FilterChoice, FilterNames, NamedKind } from '@/lib/activity/views'

const gone: Partial<Record<NamedKind, string>> = { person: 'Removed person', key: 'Unknown API key' }

/** The object that the address refers to, with its current name. */
export function chosenFilter(
  kind: NamedKind,
  id: string | undefined,
  names: FilterNames,
): Pick<FilterChoice, 'id' | 'label'> | null {
  if (id === undefined) return null
  return { id, label: names[kind]?.label ?? gone[kind] ?? `Deleted ${kind}` }
}
