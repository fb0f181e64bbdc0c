import type { FilterChoice, FilterKind, FilterNames } from '@/lib/activity/views'

/** What the address names, with its name of now. */
export function chosenFilter(
  kind: FilterKind,
  id: string | undefined,
  names: FilterNames,
): Pick<FilterChoice, 'id' | 'label'> | null {
  if (id === undefined) return null
  return { id, label: names[kind]?.label ?? (kind === 'person' ? 'Removed person' : `Deleted ${kind}`) }
}
