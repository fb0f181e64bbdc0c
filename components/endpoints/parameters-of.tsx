'use client'

import { bodyLast } from '@/components/endpoints/endpoint-draft'
import type { EndpointTabProps } from '@/components/endpoints/endpoint-draft'
import { ParameterTable } from '@/components/parameters/parameter-table'
import type { ParameterLocation } from '@/lib/domain/vocabulary'

type ParametersOfProps = EndpointTabProps & { place: ParameterLocation; title: string }

const optionalHelp = 'An optional parameter is a filter: each connection shape can set a value for it.'

/** The endpoint's parameters in one location, under a heading. */
export function ParametersOf({ place, title, draft, change, ...rest }: ParametersOfProps) {
  const { errors, canChange, variables, shared } = rest
  return (
    <section aria-label={title} className="grid gap-2">
      <h3 className="font-semibold">{title}</h3>
      <p className="max-w-prose text-sm text-muted">
        {optionalHelp} A parameter that is always sent uses the value from here.
      </p>
      <ParameterTable
        place={place}
        rows={draft.parameters}
        onChange={(parameters) => change({ parameters: bodyLast(parameters) })}
        variables={variables}
        errors={errors}
        canChange={canChange}
        optionalHelp={optionalHelp}
        shared={shared}
      />
    </section>
  )
}
