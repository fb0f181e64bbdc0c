'use client'

import { useState, useTransition, type ReactNode } from 'react'
import { carriersOf } from '@/components/authentication-methods/carriers'
import { methodDraft, methodInput, signatureOf, type MethodDraft } from '@/components/authentication-methods/method-draft'
import { TestRequestTab } from '@/components/authentication-methods/test-request-tab'
import { TokenTab } from '@/components/authentication-methods/token-tab'
import { UrlsTab } from '@/components/authentication-methods/urls-tab'
import { WhatWillBeSent } from '@/components/authentication-methods/what-will-be-sent'
import { MethodDetailsFields } from '@/components/authentication-methods/method-details-fields'
import { ParameterTable } from '@/components/parameters/parameter-table'
import { FormErrorSummary } from '@/components/forms/form-error-summary'
import type { TemplateVariable } from '@/components/forms/template-editor'
import { UnsavedBar } from '@/components/forms/unsaved-bar'
import { useUnsavedChanges } from '@/components/forms/unsaved-changes'
import { Button } from '@/components/ui/button'
import { Tabs } from '@/components/ui/tabs'
import { toast } from 'sonner'
import { saveMethodAction } from '@/lib/authentication-methods/actions'
import type { MethodDetail, RedirectUriView } from '@/lib/authentication-methods/views'
import { reservedNames } from '@/lib/domain/templates'
import { filterNames } from '@/lib/domain/template-filters'
import type { ConnectorDefinition, VariableDefinition } from '@/lib/domain/definitions'
import type { ParameterPlace } from '@/lib/domain/vocabulary'
import { answered } from '@/lib/forms/answered'
import { idleForm, type FormState } from '@/lib/forms/form-state'

type MethodSetupProps = {
  method: MethodDetail
  connector: ConnectorDefinition
  /** The method's own variables and the connector variables it uses. */
  variables: VariableDefinition[]
  redirectUris: RedirectUriView
  canChange: boolean
  /** The two tabs that save on their own. */
  authVariables: ReactNode
  connectorVariables: ReactNode
}

const runTime: TemplateVariable[] = reservedNames.map((key) => ({ key, origin: 'Filled at run time' }))

/** *Authentication setup*: the same tabs for every type, one draft behind them, one save. */
export function MethodSetup({ method, connector, variables, redirectUris, canChange, authVariables, connectorVariables }: MethodSetupProps) {
  const [saved, setSaved] = useState(() => methodDraft(method))
  const [draft, setDraft] = useState(saved)
  const [state, setState] = useState<FormState>(idleForm)
  const [pending, startTransition] = useTransition()
  const [revision, setRevision] = useState(method.revision)
  const [saving, setSaving] = useState(false)
  const dirty = signatureOf(draft) !== signatureOf(saved)
  // A new revision comes from this save, and then as the server made it (an optional parameter gets a variable), or from
  // a variable saved beside it: what is typed here and not saved stays.
  if (method.revision !== revision) {
    const fresh = methodDraft(method)
    setRevision(method.revision)
    setSaved(fresh)
    if (saving || !dirty) setDraft(fresh)
    setSaving(false)
  }
  useUnsavedChanges(dirty && !pending)

  const errors = state.status === 'invalid' ? state.fieldErrors : {}
  const save = () => {
    setSaving(true)
    startTransition(async () => {
      const answer = await answered(saveMethodAction(methodInput(method, draft)))
      setState(answer)
      if (answer.status !== 'done') return setSaving(false)
      toast.success(answer.message ?? 'Saved.')
    })
  }

  const templateVariables: TemplateVariable[] = [
    ...variables.map(({ key, displayName, secret, level }) => ({ key, label: displayName, secret, origin: level === 'connector' ? 'Connector' : 'Method' })),
    ...connector.variables.filter(({ key }) => !variables.some((variable) => variable.key === key)).map(({ key, displayName, secret }) => ({ key, label: displayName, secret, origin: 'Connector' })),
    ...runTime,
  ]
  const tab = { type: method.type, draft, onChange: setDraft, variables: templateVariables, filters: filterNames, errors, canChange }
  const parameters = (place: ParameterPlace) => (
    <ParameterTable
      place={place}
      rows={draft.parameters}
      visible={(row) => !(row.phases.length === 1 && row.phases[0] === 'verify' && row.place === 'header')}
      onChange={(rows) => setDraft({ ...draft, parameters: rows })}
      carriers={carriersOf(method.type, place)}
      optionalHelp="An optional parameter is a field when adding an instance, and is left out where nothing is given. One that names no variable gets one when you save."
      variables={templateVariables}
      filters={filterNames}
      errors={errors}
      canChange={canChange}
    />
  )

  return (
    <div className="grid gap-6">
      <FormErrorSummary state={state} />
      <MethodDetailsFields type={method.type} draft={draft} onChange={setDraft} errors={errors} canChange={canChange} />
      <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_24rem]">
        <section aria-labelledby="authentication-setup" className="grid min-w-0 gap-3">
          <h2 id="authentication-setup" className="text-lg font-semibold">
            Authentication setup
          </h2>
          <Tabs
            label="Authentication setup"
            tabs={[
              { value: 'auth-variables', label: 'Auth variables', content: authVariables },
              { value: 'connector-variables', label: 'Connector variables', content: connectorVariables },
              { value: 'urls', label: 'URLs', content: <UrlsTab {...tab} redirectUris={redirectUris} /> },
              { value: 'url-parameters', label: 'URL parameters', content: parameters('url') },
              { value: 'headers', label: 'Headers', content: parameters('header') },
              { value: 'body', label: 'Body', content: parameters('body') },
              { value: 'token', label: 'Token', content: <TokenTab {...tab} /> },
              { value: 'test-request', label: 'Test request', content: <TestRequestTab {...tab} /> },
            ]}
          />
        </section>
        <WhatWillBeSent method={previewed(method, draft, variables)} connector={connector} redirectUri={redirectUris.uris[0] ?? ''} />
      </div>
      {canChange && (
        <UnsavedBar dirty={dirty} message="Unsaved changes in Authentication setup">
          <Button disabled={!dirty} onClick={() => (setDraft(saved), setState(idleForm))}>
            Discard
          </Button>
          <Button variant="primary" pending={pending} disabled={!dirty} onClick={save}>
            Save authentication method
          </Button>
        </UnsavedBar>
      )}
    </div>
  )
}

/** The draft as the rules read a method, for the preview. */
function previewed(method: MethodDetail, draft: MethodDraft, variables: VariableDefinition[]) {
  return {
    id: method.id,
    key: method.id,
    name: draft.name,
    type: method.type,
    timeoutSeconds: Number(draft.timeoutSeconds) || 30,
    revision: method.revision,
    options: draft.options,
    variables,
    parameters: draft.parameters.map(({ rowKey, id, ...parameter }) => ({ ...parameter, id: id ?? rowKey })),
    phases: draft.phases,
  }
}
