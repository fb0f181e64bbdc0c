'use client'

import { FlaskConical } from 'lucide-react'
import { sandboxOffers, useSandbox } from '@/components/connectors/use-sandbox'
import { Button } from '@/components/ui/button'

/** *Try it with the sandbox*: one click from an empty workspace to a request that is ready to run. */
export function SandboxCard() {
  const { start, pending, error } = useSandbox('try')
  return (
    <li className="grid content-start gap-2 rounded-lg border border-accent bg-accent-subtle p-4 md:col-span-2 xl:col-span-1">
      <FlaskConical aria-hidden className="size-5 text-accent" />
      <h3 className="font-semibold">The quickest way</h3>
      <p className="text-sm text-muted">
        Starts Acme Commerce, a shop API on this machine, with a connector, instances and a flow. Your next click sends
        a real request.
      </p>
      <Button variant="primary" className="mt-1 justify-self-start" pending={pending} onClick={start}>
        {sandboxOffers.try}
      </Button>
      <p role="status" className="text-sm text-muted empty:hidden">
        {pending && 'Starting the sandbox, which takes a few seconds…'}
      </p>
      {error && (
        <p role="alert" className="text-sm text-bad">
          {error}
        </p>
      )}
    </li>
  )
}
