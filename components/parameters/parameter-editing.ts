import type { ReactNode } from 'react'
import type { TemplateVariable } from '@/components/forms/template-variable'
import type { Carrier } from '@/components/parameters/carrier'
import type { ParameterRow } from '@/components/parameters/parameter-row'
import { isSameKey } from '@/lib/domain/content/parameter-keys'
import type { ParameterDefinition } from '@/lib/domain/definitions'
import { phaseKinds, type ParameterLocation } from '@/lib/domain/vocabulary'

export type ParameterTableProps = {
  place: ParameterLocation
  /** All parameters of the owner, in order. Those in other locations are not changed. */
  rows: readonly ParameterRow[]
  onChange: (rows: ParameterRow[]) => void
  variables: readonly TemplateVariable[]
  filters?: readonly string[]
  /** Which of them are edited here; if missing, all in the location. */
  visible?: (row: ParameterRow) => boolean
  /** The errors of the server, by field name. */
  errors: Record<string, string>
  /**
   * The options for the requests that carry a parameter, for methods only. The first one is the default of a new
   * parameter.
   */
  carriers?: readonly Carrier[]
  canChange: boolean
  /** Explains what an optional parameter is for this owner; missing if all parameters are always sent. */
  optionalHelp?: string
  /** What the connector also sends. */
  shared?: { connectorId: string; parameters: readonly ParameterDefinition[] }
  /** The rendered value, shown below it. */
  preview?: (name: string, value: string) => ReactNode
}

/** The index of the option that matches the requests of a parameter; -1 if none matches. */
export function carrierOf(carriers: readonly Carrier[], row: ParameterRow): number {
  const same = <Item>(one: readonly Item[], other: readonly Item[]) =>
    one.length === other.length && one.every((item) => other.includes(item))
  return carriers.findIndex((carrier) => same(carrier.phases, row.phases) && same(carrier.steps, row.steps))
}

/** The requests that carry a parameter, in words, if no option matches: "Get token (request 2), Refresh". */
export function carriedBy({ phases, steps }: ParameterRow): string {
  const names = phases.map((phase) => phaseKinds[phase]).join(', ')
  return steps.length === 0 ? names : `${names} (request ${steps.map((step) => step + 1).join(', ')})`
}

/** When a shared parameter is not sent because another one with the same key is. */
export type Replacement = 'always' | 'with_value'

/**
 * Whether a row is sent instead of the connector's parameter. An optional one is only sent if it has a value, and a
 * method's only if endpoint requests carry it.
 */
export function replacedBy(
  shared: ParameterDefinition,
  rows: readonly ParameterRow[],
  carriers: readonly Carrier[] | undefined,
): Replacement | null {
  const same = rows.filter(
    ({ place, key, phases }) =>
      place === shared.place && isSameKey(place, key, shared.key) && (!carriers || phases.includes('endpoint')),
  )
  if (same.length === 0) return null
  return same.some(({ required }) => required) ? 'always' : 'with_value'
}
