'use client'

import { useEffect, useState } from 'react'
import { useAction } from '@/components/forms/use-action'
import { unansweredResult } from '@/lib/platform/forms/unanswered'
import { trialEndpointAction } from '@/lib/trials/actions'
import type { EndpointTrial } from '@/lib/trials/schema'
import type { TrialEndpoint } from '@/lib/trials/views'

type Entered = Record<string, string | null>

/**
 * An endpoint with the values entered for its variables and filters. Values entered for another endpoint are not sent.
 */
export function useEntered(endpointId: string | null, open: boolean, onChange: () => void) {
  const [getEndpoint] = useAction(trialEndpointAction, unansweredResult)
  const [endpoint, setEndpoint] = useState<TrialEndpoint | null>(null)
  const [refusal, setRefusal] = useState('')
  const [values, setValues] = useState<Entered>({})
  const [filters, setFilters] = useState<Entered>({})

  useEffect(() => {
    if (!open || endpointId === null) return
    const load = async () => {
      const answer = await getEndpoint({ endpointId })
      setRefusal(answer.ok ? '' : answer.error.message)
      setEndpoint(answer.ok ? answer.value : null)
    }
    void load()
  }, [getEndpoint, endpointId, open])

  const loaded = endpoint?.id === endpointId ? endpoint : null
  const request: EndpointTrial | null = loaded && {
    kind: 'endpoint',
    endpointId: loaded.id,
    values: entriesOf(
      values,
      loaded.variables.map(({ definition }) => definition.id),
    ),
    filters: entriesOf(
      filters,
      loaded.filters.map(({ definition }) => definition.id),
    ),
    page: null,
  }
  return {
    endpoint: loaded,
    refusal,
    request,
    values,
    filters,
    enterValue: (id: string, value: string | null) => (setValues({ ...values, [id]: value }), onChange()),
    enterFilter: (id: string, value: string | null) => (setFilters({ ...filters, [id]: value }), onChange()),
  }
}

function entriesOf(entered: Entered, ids: string[]): Record<string, string> {
  return Object.fromEntries(ids.flatMap((id) => (entered[id] == null ? [] : [[id, entered[id]]])))
}
