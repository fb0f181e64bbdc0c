import { encodingFilters } from './encoding-filters'
import type { Filter, FilterGroup, FilterParameter } from './filter'
import { hashFilters } from './hash-filters'
import { textFilters } from './text-filters'
import { timeFilters } from './time-filters'

/** The allow-list of template filters. Each filter is defined once, with its rule, description and example. */
const all = { ...textFilters, ...encodingFilters, ...hashFilters, ...timeFilters }

export type FilterName = keyof typeof all

export const filters: Readonly<Record<FilterName, Filter>> = all

export const filterNames = Object.keys(all) as FilterName[]

export function isFilterName(name: string): name is FilterName {
  return Object.hasOwn(all, name)
}

/** The filter's name with its parameters, as in `hmac_sha256: key, encoding = "hex"`. */
function signatureOf(name: FilterName): string {
  const parameters = filters[name].parameters.map(({ name: parameter, fallback }) =>
    fallback === undefined ? parameter : `${parameter} = "${fallback}"`,
  )
  return parameters.length === 0 ? name : `${name}: ${parameters.join(', ')}`
}

export type FilterDescription = {
  name: FilterName
  group: FilterGroup
  signature: string
  description: string
  parameters: readonly FilterParameter[]
  example: string
}

/** For the reference of filters and for completion. */
export const filterDescriptions: readonly FilterDescription[] = filterNames.map((name) => {
  const { group, description, parameters, example } = filters[name]
  return { name, group, signature: signatureOf(name), description, parameters, example }
})
