'use client'

import { useState } from 'react'
import { CurlEndpointForm } from '@/components/curl/curl-endpoint-form'
import type { AddEndpointProps } from '@/components/endpoints/add/add-endpoint-props'
import { EndpointForm } from '@/components/endpoints/add/endpoint-form'
import { ManyEndpointsForm } from '@/components/endpoints/add/many-endpoints-form'
import { Tabs } from '@/components/ui/tabs'
import type { CurlReading } from '@/lib/imports/curl-views'

type AddEndpointsProps = AddEndpointProps & {
  tab: string
  onTab: (tab: string) => void
  /** One more was created, and the form is still open. */
  onOneCreated: () => void
  onManyCreated: () => void
}

/** A form for one new endpoint, which a curl command can fill in, and a list for many. */
export function AddEndpoints({ tab, onTab, onOneCreated, onManyCreated, ...props }: AddEndpointsProps) {
  /** Counted, so that the form starts again with each command. */
  const [used, setUsed] = useState<{ count: number; reading: CurlReading | null }>({ count: 0, reading: null })
  const use = (reading: CurlReading | null) => {
    setUsed({ count: used.count + 1, reading })
    onTab('one')
  }
  return (
    <Tabs
      label="How many endpoints"
      value={tab}
      onValueChange={onTab}
      tabs={[
        {
          value: 'one',
          label: 'One endpoint',
          content: (
            <EndpointForm
              key={used.count}
              {...props}
              reading={used.reading}
              onForget={() => setUsed({ ...used, reading: null })}
              onCreated={onOneCreated}
            />
          ),
        },
        {
          value: 'many',
          label: 'Paste a list',
          content: <ManyEndpointsForm {...props} active={tab === 'many'} onCreated={onManyCreated} />,
        },
        {
          value: 'curl',
          label: 'Paste a curl command',
          content: <CurlEndpointForm connectorId={props.connectorId} onUse={use} />,
        },
      ]}
    />
  )
}
