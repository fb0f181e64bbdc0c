'use client'

import { carriersOf, isTestOnly } from '@/components/authentication-methods/carriers'
import { RenderedPreview } from '@/components/authentication-methods/fields/rendered-preview'
import { stepsOf } from '@/components/authentication-methods/phase-steps'
import { useSetup } from '@/components/authentication-methods/setup-context'
import type { Carrier } from '@/components/parameters/carrier'
import type { ParameterRow } from '@/components/parameters/parameter-row'
import { ParameterTable } from '@/components/parameters/parameter-table'
import type { ParameterLocation } from '@/lib/domain/vocabulary'

type MethodParametersProps = {
  place: ParameterLocation
  /** If missing, those of the location and the type. */
  carriers?: readonly Carrier[]
  visible?: (row: ParameterRow) => boolean
}

/**
 * The parameters of a method in one location. Headers that only test requests carry are shown with the test requests.
 */
export function MethodParameters({ place, carriers, visible }: MethodParametersProps) {
  const { definition, draft, onChange, variables, errors, canChange, shared } = useSetup()
  return (
    <ParameterTable
      place={place}
      rows={draft.parameters}
      visible={visible ?? ((row) => place !== 'header' || !isTestOnly(row))}
      onChange={(parameters) => onChange({ ...draft, parameters })}
      carriers={carriers ?? carriersOf(definition, place, (kind) => stepsOf(draft, kind).length)}
      optionalHelp="An optional parameter is a field of the instance form, and is not sent if that field is empty. If it uses no variable, one is created when you save."
      variables={variables}
      errors={errors}
      canChange={canChange}
      shared={carriers ? undefined : shared}
      preview={(name, value) => <RenderedPreview name={name} source={value} />}
    />
  )
}
