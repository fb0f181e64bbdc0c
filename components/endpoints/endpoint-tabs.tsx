'use client'

import type { ReactNode } from 'react'
import { BodyTab } from '@/components/endpoints/body-tab'
import type { EndpointTabProps } from '@/components/endpoints/endpoint-draft'
import { unknownByTab } from '@/components/endpoints/endpoint-problems'
import { HeadersTab } from '@/components/endpoints/headers-tab'
import { PaginationTab } from '@/components/endpoints/pagination-tab'
import { ResponseTab } from '@/components/endpoints/response-tab'
import { UrlTab } from '@/components/endpoints/url-tab'
import { ProblemCount } from '@/components/ui/problem-count'
import { Tabs } from '@/components/ui/tabs'
import { useTabInAddress } from '@/components/ui/use-tab-in-address'
import { problemsIn } from '@/lib/platform/forms/saved-message'

const tabNames = ['url', 'headers', 'body', 'variables', 'pagination', 'authentication', 'response'] as const

type EndpointTabsProps = {
  tab: EndpointTabProps
  baseUrl: string
  variablesTab: ReactNode
  authenticationTab: ReactNode
}

/** The tabs of *Endpoint setup*, each with its number of undefined variables. */
export function EndpointTabs({ tab, baseUrl, variablesTab, authenticationTab }: EndpointTabsProps) {
  const [inFront, setInFront] = useTabInAddress(tabNames)
  const unknown = unknownByTab(tab.draft, tab.variables)
  const withProblems = (value: keyof typeof unknown, label: string, content: ReactNode) => {
    const count = unknown[value].length
    return count === 0
      ? { value, label, content }
      : { value, label, content, badge: <ProblemCount count={count} />, note: problemsIn(unknown[value]) }
  }
  return (
    <Tabs
      label="Endpoint setup"
      value={inFront}
      onValueChange={(value) => setInFront(value as (typeof tabNames)[number])}
      tabs={[
        withProblems('url', 'URL', <UrlTab {...tab} baseUrl={baseUrl} />),
        withProblems('headers', 'Headers', <HeadersTab {...tab} />),
        withProblems('body', 'Body', <BodyTab {...tab} />),
        { value: 'variables', label: 'Variables', content: variablesTab },
        { value: 'pagination', label: 'Pagination', content: <PaginationTab {...tab} /> },
        { value: 'authentication', label: 'Authentication', content: authenticationTab },
        { value: 'response', label: 'Response', content: <ResponseTab {...tab} /> },
      ]}
    />
  )
}
