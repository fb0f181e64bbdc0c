'use client'

import { Plus } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { EndpointForm } from '@/components/endpoints/add/endpoint-form'
import { ManyEndpointsForm } from '@/components/endpoints/add/many-endpoints-form'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Tabs } from '@/components/ui/tabs'
import { useOpenInAddress } from '@/components/ui/use-open-in-address'
import type { MethodSummary } from '@/lib/authentication-methods/views'

export type AddEndpointProps = {
  connectorId: string
  entityTypes: string[]
  methods: Pick<MethodSummary, 'id' | 'name'>[]
}

/** What is behind *Add new endpoint*: a form for one, and a list for many. */
export function AddEndpointDialog(props: AddEndpointProps) {
  const router = useRouter()
  const [open, setOpen] = useOpenInAddress('add-endpoint')
  const [tab, setTab] = useState('one')
  const [created, setCreated] = useState(0)
  const show = (next: boolean) => {
    setOpen(next)
    if (next) return
    // Only now: with its first endpoint the page becomes another one, and would close the form.
    if (created > 0) router.refresh()
    setCreated(0)
  }
  return (
    <Dialog
      title="Add new endpoint"
      description="One operation of the API, and the authentication methods that it accepts."
      size={tab === 'many' ? 'lg' : 'md'}
      open={open}
      onOpenChange={show}
      trigger={
        <Button variant="primary">
          <Plus aria-hidden className="size-4" />
          Add new endpoint
        </Button>
      }
    >
      <Tabs
        label="How many endpoints"
        value={tab}
        onValueChange={setTab}
        tabs={[
          {
            value: 'one',
            label: 'One endpoint',
            content: <EndpointForm {...props} onCreated={() => setCreated(created + 1)} />,
          },
          {
            value: 'many',
            label: 'Paste a list',
            content: <ManyEndpointsForm {...props} active={tab === 'many'} onCreated={() => show(false)} />,
          },
        ]}
      />
    </Dialog>
  )
}
