'use client'

import { useState, type ReactNode } from 'react'
import { definitionOf, type MethodDraft } from '@/components/authentication-methods/method-draft'
import { HeadersTab } from '@/components/authentication-methods/headers-tab'
import { MethodParameters } from '@/components/authentication-methods/method-parameters'
import type { MethodSetupProps } from './method-setup-props'
import { WhatWillBeSent } from '@/components/authentication-methods/preview/what-will-be-sent'
import { SetupContext, type Setup } from '@/components/authentication-methods/setup-context'
import { templateVariablesOf } from '@/components/authentication-methods/template-variables'
import { tabsWithErrors } from '@/components/authentication-methods/tabs-with-errors'
import { TestRequestTab } from '@/components/authentication-methods/test/test-request-tab'
import { TokenTab } from '@/components/authentication-methods/token/token-tab'
import { UrlsTab } from '@/components/authentication-methods/urls/urls-tab'
import { unknownByTab } from '@/components/authentication-methods/method-problems'
import { ProblemCount } from '@/components/ui/problem-count'
import { problemsIn } from '@/lib/platform/forms/saved-message'
import { Tabs } from '@/components/ui/tabs'
import { useTabInAddress } from '@/components/ui/use-tab-in-address'
import { previewTemplate } from '@/lib/domain/preview/preview-template'
import { authenticationTypeDefinitions } from '@/lib/domain/authentication/registry'

const tabNames = [
  ...(['auth-variables', 'connector-variables', 'urls', 'url-parameters'] as const),
  ...(['headers', 'body', 'token', 'test-request'] as const),
]

type SetupTabsProps = Omit<MethodSetupProps, 'canRun' | 'testUrl'> & {
  tryIt: ReactNode
  draft: MethodDraft
  onChange: (draft: MethodDraft) => void
  errors: Record<string, string>
}

/** The tabs, and beside them the requests that come of what stands in them. */
export function SetupTabs({
  setup,
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
  const { method, connector, variables, testEndpoints, sampleEndpoint } = setup
  const [samples, setSamples] = useState<ReadonlyMap<string, string>>(new Map())
  const [writing, setWriting] = useState('')
  const [inFront, setInFront] = useTabInAddress(tabNames)
  const definition = definitionOf(method, draft, variables, connector)
  const described = {
    connector,
    method: definition,
    endpoint: sampleEndpoint ?? undefined,
    values: { instance: samples },
    redirectUri: redirectUris.uris[0] ?? '',
    now,
  }
  const context: Setup = {
    definition: authenticationTypeDefinitions[method.type],
    variables: templateVariablesOf(connector, definition.variables, draft),
    preview: (source) => previewTemplate(source, described),
    shared: { connectorId: connector.id, parameters: connector.parameters },
    ...{ draft, onChange, errors, canChange, writing },
  }
  const wrong = tabsWithErrors(errors, draft)
  const unknown = unknownByTab(definition, draft, context.variables)
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
              tab('token', 'Token', <TokenTab />),
              tab('test-request', 'Test request', <TestRequestTab endpoints={testEndpoints} />),
            ]}
          />
        </section>
        <WhatWillBeSent described={described} samples={samples} onSamples={setSamples} tryIt={tryIt} />
      </div>
    </SetupContext>
  )
}
