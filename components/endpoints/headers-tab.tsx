'use client'

import type { EndpointTabProps } from '@/components/endpoints/endpoint-draft'
import { ParametersOf } from '@/components/endpoints/parameters-of'

/** The headers, and the cookies, which are sent in one header. */
export function HeadersTab(tab: EndpointTabProps) {
  return (
    <div className="grid gap-6">
      <ParametersOf place="header" title="Headers" {...tab} />
      <ParametersOf place="cookie" title="Cookies" {...tab} />
    </div>
  )
}
