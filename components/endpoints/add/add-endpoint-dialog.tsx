'use client'

import { Plus } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { AddEndpointProps } from '@/components/endpoints/add/add-endpoint-props'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { lazyPart } from '@/components/ui/lazy-part'
import { useOpenInAddress } from '@/components/ui/use-open-in-address'
import { useOpenPart } from '@/components/ui/use-open-part'

const addEndpointsPart = lazyPart(() => import('@/components/endpoints/add/add-endpoints'))

/** The dialog of *Add new endpoint*: a form for one endpoint, a list for many, and a curl command. */
export function AddEndpointDialog(props: AddEndpointProps) {
  const router = useRouter()
  const [open, setOpen] = useOpenInAddress('add-endpoint')
  const [tab, setTab] = useState('one')
  const [created, setCreated] = useState(0)
  const show = (next: boolean) => {
    setOpen(next)
    if (next) return
    // Not earlier: after the first endpoint the page changes, which would close the form.
    if (created > 0) router.refresh()
    setCreated(0)
  }
  const part = useOpenPart(addEndpointsPart, open, show)
  return (
    <Dialog
      title="Add new endpoint"
      description="One operation of the API, and the authentication methods that it accepts."
      size={tab === 'one' ? 'md' : 'lg'}
      open={open}
      isLoading={part === null}
      onOpenChange={show}
      trigger={
        <Button variant="primary">
          <Plus aria-hidden className="size-4" />
          Add new endpoint
        </Button>
      }
    >
      {part && (
        <part.AddEndpoints
          {...props}
          tab={tab}
          onTab={setTab}
          onOneCreated={() => setCreated(created + 1)}
          onManyCreated={() => show(false)}
        />
      )}
    </Dialog>
  )
}
