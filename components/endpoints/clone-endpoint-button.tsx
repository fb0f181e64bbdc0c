'use client'

import { Copy } from 'lucide-react'
import { CloneEndpointDialog } from '@/components/endpoints/clone-endpoint-dialog'
import { Button } from '@/components/ui/button'

/** An icon in a row of the list. Its accessible name contains the name of the endpoint. */
export function CloneEndpointButton({ endpointId, name }: { endpointId: string; name: string }) {
  return (
    <CloneEndpointDialog
      endpointId={endpointId}
      name={name}
      trigger={
        <Button variant="ghost" size="sm" aria-label={`Clone ${name}`} title={`Clone ${name}`} className="w-7 px-0!">
          <Copy aria-hidden className="size-4" />
        </Button>
      }
    />
  )
}
