import type { FilterChoice, FilterKind, FilterNames } from '@/lib/activity/views'

/** The object that the address refers to, with its current name. */
export function chosenFilter(
  kind: FilterKind,
  id: string | undefined,
  names: FilterNames,
): Pick<FilterChoice, 'id' | 'label'> | null {
  if (id === undefined) return null
  return { id, label: names[kind]?.label ?? (kind === 'person' ? 'Removed person' : `Deleted ${kind}`) }
}
