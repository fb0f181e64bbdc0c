'use client'

import { usePathname, useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { EndpointPicker } from '@/components/connection-shape/endpoint-picker'
import { InstancePicker } from '@/components/connection-shape/instance-picker'
import type { OfferedEndpoint, OfferedEndpoints } from '@/lib/enablement/views'
import type { InstanceOption } from '@/lib/flows/shape-views'

type CallChoiceProps = {
  instances: InstanceOption[]
  instance: InstanceOption
  /** Null if it may call none. */
  endpoint: OfferedEndpoint | null
  offered: OfferedEndpoints
}

/** What the examples call. The choice is in the address, so that it can be sent to a colleague. */
export function CallChoice({ instances, instance, endpoint, offered }: CallChoiceProps) {
  const router = useRouter()
  const pathname = usePathname()
  const [arriving, startTransition] = useTransition()
  const [made, setMade] = useState<{ instance: InstanceOption; endpoint: OfferedEndpoint | null } | null>(null)
  const choose = (next: InstanceOption, nextEndpoint: OfferedEndpoint | null) => {
    setMade({ instance: next, endpoint: nextEndpoint })
    const search = new URLSearchParams({ instance: next.id, ...(nextEndpoint && { endpoint: nextEndpoint.id }) })
    startTransition(() => router.replace(`${pathname}?${search}`, { scroll: false }))
  }
  const shown = arriving && made ? made : { instance, endpoint }
  return (
    <div className="grid gap-4 sm:grid-cols-2" aria-busy={arriving || undefined}>
      <InstancePicker
        options={instances}
        chosen={shown.instance}
        disabled={false}
        onChoose={(next) => choose(next, null)}
      />
      <EndpointPicker
        key={instance.id}
        instanceId={instance.id}
        offered={offered}
        chosen={shown.endpoint}
        disabled={shown.instance.id !== instance.id}
        onChoose={(next) => choose(instance, next)}
      />
    </div>
  )
}
