import type { ReactNode } from 'react'
import type { TemplateVariable } from '@/components/forms/template-variable'
import type { Carrier } from '@/components/parameters/carrier'
import type { ParameterRow } from '@/components/parameters/parameter-row'
import { isSameKey } from '@/lib/domain/content/parameter-keys'
import type { ParameterDefinition } from '@/lib/domain/definitions'
import { phaseKinds, type ParameterLocation } from '@/lib/domain/vocabulary'

export type ParameterTableProps = {
  place: ParameterLocation
  /** All parameters of the owner, in their order; those of other places are left alone. */
  rows: readonly ParameterRow[]
  onChange: (rows: ParameterRow[]) => void
  variables: readonly TemplateVariable[]
  filters?: readonly string[]
  /** Which of them are edited here; all of the place when absent. */
  visible?: (row: ParameterRow) => boolean
  /** What the server refused, by field name. */
  errors: Record<string, string>
  /** Which requests can carry it: a method's parameters only. The first is that of a new one. */
  carriers?: readonly Carrier[]
  canChange: boolean
  /** What an optional parameter is, in the owner's words; absent where all are always sent. */
  optionalHelp?: string
  /** What the connector sends as well. */
  shared?: { connectorId: string; parameters: readonly ParameterDefinition[] }
  /** What a value becomes; shown under it. */
  preview?: (name: string, value: string) => ReactNode
}

/** The shortcut that says which requests carry a parameter; -1 where none does. */
export function carrierOf(carriers: readonly Carrier[], row: ParameterRow): number {
  const same = <Item>(one: readonly Item[], other: readonly Item[]) =>
    one.length === other.length && one.every((item) => other.includes(item))
  return carriers.findIndex((carrier) => same(carrier.phases, row.phases) && same(carrier.steps, row.steps))
}

/** Which requests carry a parameter, in words, where no shortcut says it: "Get token (request 2), Refresh". */
export function carriedBy({ phases, steps }: ParameterRow): string {
  const names = phases.map((phase) => phaseKinds[phase]).join(', ')
  return steps.length === 0 ? names : `${names} (request ${steps.map((step) => step + 1).join(', ')})`
}

/** When a shared parameter is not sent, because another of the same key is. */
export type Replacement = 'always' | 'with_value'

/**
 * Whether a row is sent instead of the connector's parameter: an optional one only when it has a value. A method's row
 * is, if endpoint requests carry it.
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
