'use client'

import type { AddEndpointProps } from '@/components/endpoints/add/add-endpoint-props'
import { EndpointForm } from '@/components/endpoints/add/endpoint-form'
import { ManyEndpointsForm } from '@/components/endpoints/add/many-endpoints-form'
import { Tabs } from '@/components/ui/tabs'

type AddEndpointsProps = AddEndpointProps & {
  tab: string
  onTab: (tab: string) => void
  /** One more was created, and the form is still open. */
  onOneCreated: () => void
  onManyCreated: () => void
}

/** A form for one new endpoint, and a list for many. */
export function AddEndpoints({ tab, onTab, onOneCreated, onManyCreated, ...props }: AddEndpointsProps) {
  return (
    <Tabs
      label="How many endpoints"
      value={tab}
      onValueChange={onTab}
      tabs={[
        {
          value: 'one',
          label: 'One endpoint',
          content: <EndpointForm {...props} onCreated={onOneCreated} />,
        },
        {
          value: 'many',
          label: 'Paste a list',
          content: <ManyEndpointsForm {...props} active={tab === 'many'} onCreated={onManyCreated} />,
        },
      ]}
    />
  )
}
