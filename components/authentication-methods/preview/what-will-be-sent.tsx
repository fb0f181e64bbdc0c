'use client'

import type { ReactNode } from 'react'
import { DescribedRequest } from '@/components/authentication-methods/preview/described-request'
import { SampleValues } from '@/components/authentication-methods/preview/sample-values'
import { Spinner } from '@/components/ui/spinner'
import type { DescribeInput, RequestDescription } from '@/lib/domain/preview/describe-requests'

type WhatWillBeSentProps = {
  described: DescribeInput
  requests: readonly RequestDescription[]
  /** What was changed is not in them yet. */
  isBehind: boolean
  samples: ReadonlyMap<string, string>
  onSamples: (samples: ReadonlyMap<string, string>) => void
  tryIt: ReactNode
}

/**
 * The requests that the method will send, in order, with values filled in and secrets masked, to be compared with the
 * vendor's documentation.
 */
export function WhatWillBeSent({ described, requests, isBehind, samples, onSamples, tryIt }: WhatWillBeSentProps) {
  return (
    <aside
      aria-label="What will be sent"
      className="grid min-w-0 gap-4 rounded-lg border p-4 text-sm xl:sticky xl:top-4 xl:max-h-[calc(100dvh-6rem)] xl:overflow-y-auto"
    >
      <div className="grid gap-0.5">
        <div className="flex flex-wrap items-center justify-between gap-2">
          <h2 className="font-semibold">What will be sent</h2>
          {tryIt}
        </div>
        <p className="text-muted">Secrets are masked; {'{{ key }}'} is shown where a value is missing.</p>
      </div>
      <SampleValues connector={described.connector} method={described.method} samples={samples} onSamples={onSamples} />
      {isBehind && <Spinner label="Adding your changes" />}
      <ol className="grid gap-5">
        {requests.map((request, index) => (
          <DescribedRequest key={`${request.phase}-${request.step}`} number={index + 1} description={request} />
        ))}
      </ol>
    </aside>
  )
}
