'use client'

import { ListChecks } from 'lucide-react'
import { useState } from 'react'
import { phaseOf, withPhase } from '@/components/authentication-methods/method-draft'
import { useSetup } from '@/components/authentication-methods/setup-context'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import type { TestEndpoint } from '@/lib/authentication-methods/views'

/**
 * Offers the connector's GET endpoints that can be called without entering anything. Nothing is used until the person
 * chooses one.
 */
export function UseAnEndpoint({ endpoints }: { endpoints: readonly TestEndpoint[] }) {
  const { draft, onChange } = useSetup()
  const [open, setOpen] = useState(false)
  const current = phaseOf(draft, 'verify').url
  const use = ({ url }: TestEndpoint) => {
    onChange(withPhase(draft, 'verify', 0, { httpMethod: 'GET', url }))
    setOpen(false)
  }
  return (
    <Dialog
      title="Use an endpoint as the test request"
      description={`Endpoints of this connector that only read data and need no values.${current ? ' The current test URL is replaced.' : ''}`}
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button>
          <ListChecks aria-hidden className="size-4" />
          Use an endpoint
        </Button>
      }
    >
      <ul className="grid gap-1">
        {endpoints.map((endpoint) => (
          <li key={endpoint.id}>
            <button
              type="button"
              className="grid w-full gap-0.5 rounded-md px-2.5 py-2 text-left hover:bg-hover"
              onClick={() => use(endpoint)}
            >
              <span className="font-medium break-words">{endpoint.name}</span>
              <span className="font-mono text-sm break-all text-muted">GET {endpoint.url}</span>
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
