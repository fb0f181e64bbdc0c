'use client'

import { ChevronDown, FileInput, FileJson, FlaskConical } from 'lucide-react'
import { useEffect, useState } from 'react'
import { toast } from '@/components/ui/toast'
import { ImportConnectorDialog } from '@/components/connection-documents/import-connector-dialog'
import { sandboxOffers, useSandbox } from '@/components/connectors/use-sandbox'
import { Button } from '@/components/ui/button'
import { DropdownMenu } from '@/components/ui/dropdown-menu'
import type { SandboxOffer } from '@/lib/sandbox/views'

/** Imports connectors: from a document (OpenAPI or our own format), or from the sandbox if it can be reached. */
export function ImportMenu({ sandbox: offer }: { sandbox: SandboxOffer }) {
  const { start, pending, error } = useSandbox(offer)
  const [open, setOpen] = useState(false)
  useEffect(() => {
    if (error !== '') toast.error(error)
  }, [error])
  const fromDocument = [
    { label: 'Import an OpenAPI document', icon: FileJson, onSelect: () => setOpen(true) },
    { label: 'Import a connection document', icon: FileInput, onSelect: () => setOpen(true) },
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
    </>
  )
}
