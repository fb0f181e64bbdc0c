import { filterDescriptions, isFilterName, type FilterDescription } from '@/lib/domain/templates/filters'

/** What a template editor knows of the filters. */

export type TemplateFilter = FilterDescription

export const templateFilters: readonly TemplateFilter[] = filterDescriptions

export function isTemplateFilter(name: string): boolean {
  return isFilterName(name)
}
