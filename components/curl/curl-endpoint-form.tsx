'use client'

import { CurlField } from '@/components/curl/curl-field'
import { useCurlReading } from '@/components/curl/use-curl-reading'
import { FormActions } from '@/components/forms/form-actions'
import { Button } from '@/components/ui/button'
import type { CurlReading } from '@/lib/imports/curl-views'

type CurlEndpointFormProps = { connectorId: string; onUse: (reading: CurlReading) => void }

/** Reads a pasted curl command into the form of a new endpoint. Nothing is stored here. */
export function CurlEndpointForm({ connectorId, onUse }: CurlEndpointFormProps) {
  const { command, reading, refusal, isReading, paste } = useCurlReading(connectorId)
  return (
    <div className="grid gap-5">
      <CurlField {...{ command, isReading, reading }} onCommand={paste} error={refusal} />
      {reading && <Accepting {...reading} />}
      <FormActions>
        <Button variant="primary" disabled={reading === null} onClick={() => reading && onUse(reading)}>
          Use this request
        </Button>
      </FormActions>
    </div>
  )
}

function Accepting({ method, methods }: Pick<CurlReading, 'method' | 'methods'>) {
  return (
    <p className="text-sm text-muted">
      {methods.length > 0
        ? `Accepted: ${methods.map(({ name }) => `“${name}”`).join(', ')}. You can change this in the next step.`
        : `No authentication method of this connector sends what the command does (${method.name}). Add it in the Authentication section.`}
    </p>
  )
}
