'use client'

import { instanceOptionDetail } from '@/components/instances/instance-option-detail'
import { Field } from '@/components/forms/field'
import { useAction } from '@/components/forms/use-action'
import { InstanceStatusBadge } from '@/components/instances/instance-status-badge'
import { Combobox } from '@/components/ui/combobox'
import type { ComboboxGroup } from '@/components/ui/overlays/combobox-list'
import { useSearch } from '@/components/ui/use-search'
import { searchInstancesAction } from '@/lib/flows/shape-actions'
import type { InstanceOption } from '@/lib/flows/shape-views'
import { unansweredResult } from '@/lib/platform/forms/unanswered'

type InstancePickerProps = {
  options: InstanceOption[]
  chosen: InstanceOption | null
  onChoose: (instance: InstanceOption) => void
  error?: string
  disabled: boolean
}

/** *Instance*: grouped by connector, searched on the server. */
export function InstancePicker({ options, chosen, onChoose, error, disabled }: InstancePickerProps) {
  const [findInstances] = useAction(searchInstancesAction, unansweredResult)
  const { found, pending, search } = useSearch(options, async (text) => {
    const answer = await findInstances({ search: text })
    return answer.ok ? answer.value : null
  })
  return (
    <Field label="Instance" required error={error}>
      {(control) => (
        <Combobox
          {...control}
          disabled={disabled}
          chosenValue={chosen?.id ?? null}
          chosen={
            chosen && (
              <span className="flex flex-wrap items-center gap-x-2">
                <span className="min-w-0 break-words">{chosen.name}</span>
                <span className="min-w-0 break-words text-muted">{chosen.connectorName}</span>
                {chosen.status !== 'connected' && <InstanceStatusBadge status={chosen.status} quiet />}
              </span>
            )
          }
          placeholder="Choose an instance"
          searchLabel="Search instances"
          emptyText="No instance matches. An instance that awaits its authorisation is not listed."
          groups={byConnector(found)}
          pending={pending}
          onSearch={search}
          onSelect={(id) => onChoose(found.find((option) => option.id === id)!)}
        />
      )}
    </Field>
  )
}

function byConnector(options: InstanceOption[]): ComboboxGroup[] {
  const groups = new Map<string, ComboboxGroup>()
  for (const option of options) {
    const group = groups.get(option.connectorId) ?? { heading: option.connectorName, options: [] }
    group.options.push({ value: option.id, label: option.name, detail: instanceOptionDetail(option) })
    groups.set(option.connectorId, group)
  }
  return [...groups.values()]
}
