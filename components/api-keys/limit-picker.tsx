'use client'

import { X } from 'lucide-react'
import { useState } from 'react'
import { useAction } from '@/components/forms/use-action'
import { Combobox } from '@/components/ui/combobox'
import { IconButton } from '@/components/ui/icon-button'
import { useSearch } from '@/components/ui/use-search'
import { listFilterChoicesAction } from '@/lib/activity/actions'
import type { KeyLimit } from '@/lib/api-keys/views'
import { unansweredResult } from '@/lib/platform/forms/unanswered'

type LimitPickerProps = { limited: KeyLimit[]; onChange: (limited: KeyLimit[]) => void }

const kinds = { connector: 'Connectors', instance: 'Instances' } as const

/** The connectors and instances to which a key is limited: searched on the server and added one by one. */
export function LimitPicker({ limited, onChange }: LimitPickerProps) {
  const { found, pending, open, search } = useLimitChoices()
  const free = found.filter(({ id }) => !limited.some((limit) => limit.id === id))
  return (
    <div className="grid gap-2">
      {limited.length > 0 && (
        <ul aria-label="Limited to" className="grid gap-1">
          {limited.map((limit) => (
            <li key={limit.id} className="flex items-center gap-2 rounded-md border bg-surface py-1 pr-1 pl-3">
              <span className="min-w-0 grow break-words">
                {limit.label} <span className="text-muted">{limitWords(limit)}</span>
              </span>
              <IconButton
                size="sm"
                label={`Remove ${limit.label}`}
                onClick={() => onChange(limited.filter(({ id }) => id !== limit.id))}
              >
                <X aria-hidden />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
      <Combobox
        aria-label="Add a connector or instance"
        chosenValue={null}
        chosen={null}
        placeholder="Add a connector or instance"
        searchLabel="Search connectors and instances"
        emptyText="Nothing matches."
        groups={(['connector', 'instance'] as const).map((kind) => ({
          heading: kinds[kind],
          options: free
            .filter((choice) => choice.kind === kind)
            .map(({ id, label, detail }) => ({ value: id, label, detail })),
        }))}
        pending={pending}
        onOpen={open}
        onSearch={search}
        onSelect={(id) => onChange([...limited, ...free.filter((choice) => choice.id === id)])}
      />
    </div>
  )
}

function limitWords({ kind, detail }: KeyLimit): string {
  return kind === 'connector' ? 'Connector with all its instances' : `Instance of ${detail}`
}

/** The first choices are read when the list opens, more of them while the person types. */
function useLimitChoices() {
  const [list, asking] = useAction(listFilterChoicesAction, unansweredResult)
  const [first, setFirst] = useState<KeyLimit[]>([])
  const find = async (text: string): Promise<KeyLimit[] | null> => {
    const lists = await Promise.all(
      (['connector', 'instance'] as const).map(async (kind) => {
        const answer = await list({ kind, search: text })
        return answer.ok ? answer.value.map((choice) => ({ kind, ...choice })) : null
      }),
    )
    return lists.every((choices) => choices !== null) ? lists.flat() : null
  }
  const { found, pending, search } = useSearch(first, find)
  const open = () => void find('').then((choices) => choices && setFirst(choices))
  return { found, pending: pending || asking, open, search }
}
