import type { TemplateVariable } from '@/components/forms/template-editor'
import type { ParameterRow } from '@/components/parameters/parameter-row'
import type { ParameterPlace, PhaseKind } from '@/lib/domain/vocabulary'

/** A choice of the requests that carry a parameter: "Endpoint requests" → its phases. */
export type Carrier = { label: string; phases: readonly PhaseKind[] }

export type ParameterTableProps = {
  place: ParameterPlace
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
  /** What an optional parameter is, in the owner's words. */
  optionalHelp: string
}
