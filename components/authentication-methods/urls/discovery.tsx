'use client'

import { Radar } from 'lucide-react'
import { useState } from 'react'
import { useSetup } from '@/components/authentication-methods/setup-context'
import { DiscoveredServerView } from '@/components/authentication-methods/urls/discovered-server-view'
import { discoveredChanges, withDiscovered } from '@/components/authentication-methods/urls/discovered-changes'
import { TextField } from '@/components/forms/text-field'
import { useAction } from '@/components/forms/use-action'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { discoverServerAction } from '@/lib/authentication-methods/actions'
import type { DiscoveredServer } from '@/lib/domain/oauth2/discovery'
import { refuse } from '@/lib/domain/result'

const unanswered = (said = 'The server could not be reached. What you typed is still here; try again.') =>
  refuse('unexpected', said)

/**
 * *Fill from discovery*: reads the metadata that the authorisation server publishes, compares it with the draft, and
 * fills it in if the person confirms.
 */
export function Discovery() {
  const { definition, draft, onChange } = useSetup()
  const [open, setOpen] = useState(false)
  const [issuer, setIssuer] = useState('')
  const [found, setFound] = useState<DiscoveredServer | null>(null)
  const [error, setError] = useState<string>()
  const [discoverServer, pending] = useAction(discoverServerAction, unanswered)
  const changes = found ? discoveredChanges(definition, draft, found) : []
  const look = async () => {
    const answer = await discoverServer({ issuer })
    setFound(answer.ok ? answer.value : null)
    setError(answer.ok ? undefined : answer.error.message)
  }
  const fill = () => {
    onChange(withDiscovered(draft, changes))
    setOpen(false)
    setFound(null)
  }
  return (
    <Dialog
      title="Fill from discovery"
      description="Many authorisation servers publish their addresses (OpenID Connect Discovery, RFC 8414). You see the values before anything changes."
      size="lg"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button>
          <Radar aria-hidden className="size-4" />
          Fill from discovery
        </Button>
      }
      footer={
        found && (
          <Button variant="primary" disabled={changes.length === 0} onClick={fill}>
            Fill in
          </Button>
        )
      }
    >
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          // This form is in a dialog inside another form, which must not be submitted.
          event.stopPropagation()
          void look()
        }}
      >
        <div className="flex items-end gap-2">
          <TextField
            className="min-w-0 grow"
            name="issuer"
            label="Issuer or well-known URL"
            mono
            maxLength={2048}
            placeholder="https://login.example.com"
            value={issuer}
            error={error}
            onChange={(event) => setIssuer(event.target.value)}
          />
          <Button type="submit" pending={pending} className={error ? 'self-center' : undefined}>
            Look up
          </Button>
        </div>
        {found && <DiscoveredServerView server={found} changes={changes} />}
      </form>
    </Dialog>
  )
}
