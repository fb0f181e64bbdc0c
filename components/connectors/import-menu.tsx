'use client'

import { ChevronDown, FileInput, FileJson, FlaskConical, SquareTerminal } from 'lucide-react'
import { useEffect, useState } from 'react'
import { toast } from '@/components/ui/toast'
import { ImportConnectorDialog } from '@/components/connection-documents/import-connector-dialog'
import { sandboxOffers, useSandbox } from '@/components/connectors/use-sandbox'
import { Button } from '@/components/ui/button'
import { lazyPart } from '@/components/ui/lazy-part'
import { useOpenPart } from '@/components/ui/use-open-part'
import { DropdownMenu } from '@/components/ui/dropdown-menu'
import type { SandboxOffer } from '@/lib/sandbox/views'

const curlPart = lazyPart(() => import('@/components/curl/curl-connector-dialog'))

/** Imports connectors: from a document (OpenAPI or our own format), from a curl command, or from the sandbox if it can be reached. */
export function ImportMenu({ sandbox: offer }: { sandbox: SandboxOffer }) {
  const { start, pending, error } = useSandbox(offer)
  const [open, setOpen] = useState(false)
  const [isPasting, setPasting] = useState(false)
  const curl = useOpenPart(curlPart, isPasting, setPasting)
  useEffect(() => {
    if (error !== '') toast.error(error)
  }, [error])
  const fromDocument = [
    { label: 'Import an OpenAPI document', icon: FileJson, onSelect: () => setOpen(true) },
    { label: 'Import a connection document', icon: FileInput, onSelect: () => setOpen(true) },
    { label: 'Paste a curl command', icon: SquareTerminal, onSelect: () => setPasting(true) },
  ]
  return (
    <>
      <DropdownMenu
        trigger={
          <Button pending={pending}>
            Import
            <ChevronDown aria-hidden />
          </Button>
        }
        items={
          offer === 'none'
            ? fromDocument
            : [...fromDocument, { label: sandboxOffers[offer], icon: FlaskConical, onSelect: start }]
        }
      />
      <ImportConnectorDialog open={open} onOpenChange={setOpen} />
      {curl && <curl.CurlConnectorDialog open={isPasting} onOpenChange={setPasting} />}
    </>
  )
}
