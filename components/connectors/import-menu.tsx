'use client'

import { ChevronDown, FileInput, FlaskConical, SquareTerminal } from 'lucide-react'
import { useEffect, useState } from 'react'
import { toast } from '@/components/ui/toast'
import { sandboxOffers, useSandbox } from '@/components/connectors/use-sandbox'
import { Button } from '@/components/ui/button'
import { lazyPart } from '@/components/ui/lazy-part'
import { useOpenPart } from '@/components/ui/use-open-part'
import { DropdownMenu } from '@/components/ui/dropdown-menu'
import type { SandboxOffer } from '@/lib/sandbox/views'

const curlPart = lazyPart(() => import('@/components/curl/curl-connector-dialog'))

/**
 * Imports connectors: from a document (OpenAPI, Postman or our own format), from a curl command, or from the sandbox if it can be
 * reached.
 */
export function ImportMenu({ sandbox: offer }: { sandbox: SandboxOffer }) {
  const { start, pending, error } = useSandbox(offer)
  const [isPasting, setPasting] = useState(false)
  const curl = useOpenPart(curlPart, isPasting, setPasting)
  useEffect(() => {
    if (error !== '') toast.error(error)
  }, [error])
  const fromSandbox = offer === 'none' ? [] : [{ label: sandboxOffers[offer], icon: FlaskConical, onSelect: start }]
  return (
    <>
      <DropdownMenu
        trigger={
          <Button pending={pending}>
            Import
            <ChevronDown aria-hidden />
          </Button>
        }
        items={[
          { label: 'Import a document', icon: FileInput, href: '/connectors/import' },
          { label: 'Paste a curl command', icon: SquareTerminal, onSelect: () => setPasting(true) },
          ...fromSandbox,
        ]}
      />
      {curl && <curl.CurlConnectorDialog open={isPasting} onOpenChange={setPasting} />}
    </>
  )
}
