'use client'

import { ButtonLink } from '@/components/ui/button-link'

type UseAsTestRequestProps = {
  endpoint: { id: string; connectorId: string }
  method: { id: string; name: string }
}

/** Opens the method with this endpoint filled in as its test request. Nothing is stored until it is saved there. */
export function UseAsTestRequest({ endpoint, method }: UseAsTestRequestProps) {
  return (
    <div>
      <ButtonLink
        size="sm"
        href={`/connectors/${endpoint.connectorId}/authentication/${method.id}?tab=test-request&test-endpoint=${endpoint.id}`}
      >
        Use as test request of {method.name}
      </ButtonLink>
    </div>
  )
}
