'use client'

import { useState, type ReactNode } from 'react'
import { describeDraft } from '@/components/authentication-methods/describe-draft'
import type { MethodDraft } from '@/components/authentication-methods/method-draft'
import { HeadersTab } from '@/components/authentication-methods/headers-tab'
import { MethodParameters } from '@/components/authentication-methods/method-parameters'
import type { MethodSetupProps } from './method-setup-props'
import { WhatWillBeSent } from '@/components/authentication-methods/preview/what-will-be-sent'
import { SetupContext, type Setup } from '@/components/authentication-methods/setup-context'
import { tabsWithErrors } from '@/components/authentication-methods/tabs-with-errors'
import { TestRequestTab } from '@/components/authentication-methods/test/test-request-tab'
import { TokenTabOnUse } from '@/components/authentication-methods/token/token-tab-on-use'
import { UrlsTab } from '@/components/authentication-methods/urls/urls-tab'
import { ProblemCount } from '@/components/ui/problem-count'
import { problemsIn } from '@/lib/platform/forms/saved-message'
import { lazyPart } from '@/components/ui/lazy-part'
import { Tabs } from '@/components/ui/tabs'
import { useWantedPart } from '@/components/ui/use-open-part'
import { useTabInAddress } from '@/components/ui/use-tab-in-address'

const tabNames = [
  ...(['auth-variables', 'connector-variables', 'urls', 'url-parameters'] as const),
  ...(['headers', 'body', 'token', 'test-request'] as const),
]

const rulesPart = lazyPart(() => import('@/components/authentication-methods/method-rules'))

type SetupTabsProps = Omit<MethodSetupProps, 'canRun' | 'testUrl'> & {
  tryIt: ReactNode
  draft: MethodDraft
  onChange: (draft: MethodDraft) => void
  errors: Record<string, string>
}

/** The tabs, and beside them a preview of the resulting requests. */
export function SetupTabs({
  setup,
  type,
  firstReading,
  draft,
  onChange,
  errors,
  canChange,
  redirectUris,
  now,
  authVariables,
  connectorVariables,
  tryIt,
}: SetupTabsProps) {
  const { connector, testEndpoints } = setup
  const [samples, setSamples] = useState<ReadonlyMap<string, string>>(new Map())
  const [writing, setWriting] = useState('')
  const [inFront, setInFront] = useTabInAddress(tabNames)
  const [readDraft] = useState(draft)
  const isChanged = draft !== readDraft || samples.size > 0
  const rules = useWantedPart(rulesPart, isChanged, 'The preview of what will be sent')
  const redirectUri = redirectUris.uris[0] ?? ''
  const { described, variables } = describeDraft({ setup, type, draft, redirectUri, now, samples })
  const { requests, unknown } = rules?.readDraft(described, draft, variables) ?? firstReading
  const context: Setup = {
    definition: type,
    variables,
    preview: (source) => rules?.previewTemplate(source, described) ?? null,
    shared: { connectorId: connector.id, parameters: connector.parameters },
    draft,
    onChange,
    errors,
    canChange,
    writing,
  }
  const wrong = tabsWithErrors(errors, draft)
  const problems = (tab: string) => {
    const names = unknown[tab] ?? []
    return wrong.has(tab) || names.length === 0
      ? {}
      : { badge: <ProblemCount count={names.length} />, note: problemsIn(names) }
  }
  const badge = (tab: string) =>
    wrong.has(tab) && (
      <span className="size-1.5 rounded-full bg-bad">
        <span className="sr-only">needs a change</span>
      </span>
    )
  const tab = (value: (typeof tabNames)[number], label: string, content: ReactNode) => ({
    value,
    label,
    content,
    badge: badge(value),
    ...problems(value),
  })
  return (
    <SetupContext value={context}>
      <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_22rem] 2xl:grid-cols-[minmax(0,1fr)_30rem]">
        <section
          aria-labelledby="authentication-setup"
          className="grid min-w-0 gap-3"
          onFocus={({ target }) => target instanceof HTMLTextAreaElement && setWriting(target.name)}
        >
          <h2 id="authentication-setup" className="text-lg font-semibold">
            Authentication setup
          </h2>
          <Tabs
            label="Authentication setup"
            value={inFront}
            onValueChange={(value) => setInFront(value as (typeof tabNames)[number])}
            tabs={[
              tab('auth-variables', 'Auth variables', authVariables),
              tab('connector-variables', 'Connector variables', connectorVariables),
              tab('urls', 'URLs', <UrlsTab connectorBaseUrl={connector.baseUrl} redirectUris={redirectUris} />),
              tab('url-parameters', 'URL parameters', <MethodParameters place="url" />),
              tab('headers', 'Headers', <HeadersTab />),
              tab('body', 'Body', <MethodParameters place="body" />),
              tab('token', 'Token', <TokenTabOnUse isInFront={inFront === 'token'} />),
              tab('test-request', 'Test request', <TestRequestTab endpoints={testEndpoints} />),
            ]}
          />
        </section>
        <WhatWillBeSent
          described={described}
          requests={requests}
          isBehind={isChanged && rules === null}
          samples={samples}
          onSamples={setSamples}
          tryIt={tryIt}
        />
      </div>
    </SetupContext>
  )
}
