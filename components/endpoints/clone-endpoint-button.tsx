'use client'

import { CloneEndpointDialog } from '@/components/endpoints/clone-endpoint-dialog'
import { Button } from '@/components/ui/button'
import { SharedIcon } from '@/components/ui/shared-icon'

/** An icon in a row of the list. Its accessible name contains the name of the endpoint. */
export function CloneEndpointButton({ endpointId, name }: { endpointId: string; name: string }) {
  return (
    <CloneEndpointDialog
      endpointId={endpointId}
      name={name}
      trigger={
        <Button variant="ghost" size="sm" aria-label={`Clone ${name}`} title={`Clone ${name}`} className="w-7 px-0!">
          <SharedIcon name="copy" className="size-4" />
        </Button>
      }
    />
  )
}
