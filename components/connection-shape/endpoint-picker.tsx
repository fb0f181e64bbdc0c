'use client'

import Link from 'next/link'
import type { Choice } from '@/components/connection-shape/use-choice'
import { Field } from '@/components/forms/field'
import { useAction } from '@/components/forms/use-action'
import { Button } from '@/components/ui/button'
import { Combobox } from '@/components/ui/combobox'
import type { ComboboxGroup } from '@/components/ui/overlays/combobox-list'
import { useSearch } from '@/components/ui/use-search'
import { offeredEndpointsAction } from '@/lib/flows/shape-actions'
import type { OfferedEndpoint, OfferedEndpoints } from '@/lib/enablement/views'
import { unansweredResult } from '@/lib/platform/forms/unanswered'

type EndpointPickerProps = {
  instanceId: string
  offered: OfferedEndpoints
  chosen: Choice['endpoint']
  onChoose: (endpoint: OfferedEndpoint) => void
  error?: string
  disabled: boolean
}

/**
 * *Endpoint*: exactly the endpoints that accept the instance's method (rule R1), and how many others there are and why
 * they are missing.
 */
export function EndpointPicker({ instanceId, offered, chosen, onChoose, error, disabled }: EndpointPickerProps) {
  const [listOffered, asking] = useAction(offeredEndpointsAction, unansweredResult)
  const find = async (search: string, after: string | null = null) => {
    const answer = await listOffered({ instanceId, search, after })
    return answer.ok ? answer.value : null
  }
  const { found, text, pending, search, replace } = useSearch(offered, find)
  const more = async () => {
    const next = await find(text, found.nextCursor)
    if (next) replace({ ...next, items: [...found.items, ...next.items] })
  }
  return (
    <Field label="Endpoint" required error={error} help={<HiddenEndpoints offered={offered} />}>
      {(control) => (
        <Combobox
          {...control}
          disabled={disabled}
          chosenValue={chosen?.id ?? null}
          chosen={
            chosen && (
              <>
                {chosen.name} <span className="text-sm text-muted">{chosen.httpMethod}</span>
              </>
            )
          }
          placeholder="Choose an endpoint"
          searchLabel="Search endpoints"
          emptyText={
            offered.counts.offered === 0 ? `No endpoint accepts ${offered.methodName} yet.` : 'No endpoint matches.'
          }
          groups={byEntityType(found.items)}
          pending={pending || asking}
          onSearch={search}
          onSelect={(id) => onChoose(found.items.find((endpoint) => endpoint.id === id)!)}
          footer={
            found.nextCursor !== null && (
              <div className="p-1">
                <Button size="sm" variant="ghost" pending={asking} onClick={more}>
                  Show more
                </Button>
              </div>
            )
          }
        />
      )}
    </Field>
  )
}

function byEntityType(endpoints: OfferedEndpoint[]): ComboboxGroup[] {
  const groups = new Map<string, ComboboxGroup>()
  for (const { id, name, entityType, httpMethod, deprecated } of endpoints) {
    const group = groups.get(entityType) ?? { heading: entityType || 'Other', options: [] }
    group.options.push({ value: id, label: name, detail: deprecated ? `${httpMethod} · deprecated` : httpMethod })
    groups.set(entityType, group)
  }
  return [...groups.values()]
}

/** Explains the rule, so that nobody has to wonder where an endpoint is. */
function HiddenEndpoints({ offered }: { offered: OfferedEndpoints }) {
  const { hidden } = offered.counts
  if (hidden === 0) return <>Every endpoint of this connector accepts {offered.methodName}.</>
  return (
    <>
      {hidden === 1 ? '1 endpoint of this connector does' : `${hidden} endpoints of this connector do`} not accept{' '}
      {offered.methodName}.{' '}
      <Link href={`/connectors/${offered.connectorId}/endpoints/matrix`} className="underline underline-offset-2">
        Open matrix
      </Link>
    </>
  )
}
