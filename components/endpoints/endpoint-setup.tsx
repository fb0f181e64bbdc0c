'use client'

import { useMemo, useState, type ReactNode } from 'react'
import { EndpointDetailsFields } from '@/components/endpoints/endpoint-details-fields'
import {
  endpointDraft,
  endpointInput,
  type EndpointDraft,
  type EndpointTabProps,
} from '@/components/endpoints/endpoint-draft'
import { EndpointTabs } from '@/components/endpoints/endpoint-tabs'
import { TryIt } from '@/components/trials/try-it'
import { announceSaved } from '@/components/forms/announce-saved'
import { SaveRefused } from '@/components/forms/save-refused'
import { runTimeVariables } from '@/lib/platform/forms/reserved-name-words'
import { useAction } from '@/components/forms/use-action'
import { saveKeys } from '@/components/forms/save-shortcut'
import { UnsavedBar } from '@/components/forms/unsaved-bar'
import { useVersionedDraft } from '@/components/forms/use-versioned-draft'
import { useUnsavedChanges } from '@/components/forms/unsaved-changes'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { TemplateFixesProvider } from '@/components/variables/template-fixes-provider'
import { saveEndpointAction } from '@/lib/endpoints/actions'
import type { EndpointDetail } from '@/lib/endpoints/views'
import { idleForm, literalSecretOf, refusedForm, type FormState } from '@/lib/platform/forms/form-state'
import { unansweredResult } from '@/lib/platform/forms/unanswered'

type EndpointSetupProps = {
  endpoint: EndpointDetail
  entityTypes: string[]
  canChange: boolean
  canRun: boolean
  /** The two tabs whose changes are saved separately. */
  variablesTab: ReactNode
  authenticationTab: ReactNode
}

/** *Endpoint details* above *Endpoint setup*, with one draft and one save. */
export function EndpointSetup({
  endpoint,
  entityTypes,
  canChange,
  canRun,
  variablesTab,
  authenticationTab,
}: EndpointSetupProps) {
  const stored = useMemo(() => ({ draft: endpointDraft(endpoint), revision: endpoint.revision }), [endpoint])
  const versioned = useVersionedDraft(stored, versions)
  const { draft, setDraft, dirty, merged } = versioned
  const [state, setState] = useState<FormState>(idleForm)
  const [question, setQuestion] = useState('')
  const [saveEndpoint, pending] = useAction(saveEndpointAction, unansweredResult)
  useUnsavedChanges(dirty && !pending)

  const save = (confirmed: boolean) =>
    versioned.save(async (sent) => {
      const answer = await saveEndpoint(endpointInput(endpoint, sent, confirmed))
      if (answer.ok) {
        setState(idleForm)
        announceSaved(answer.value)
      } else if (answer.error.code === 'confirmation_needed') setQuestion(answer.error.message)
      else setState(refusedForm(answer.error))
      return answer.ok
    })

  const tab: EndpointTabProps = {
    draft,
    change: (change) => setDraft((before) => ({ ...before, ...change })),
    variables: [...endpoint.namedVariables, ...runTimeVariables],
    errors: state.status === 'invalid' ? state.fieldErrors : {},
    shared: { connectorId: endpoint.connectorId, parameters: endpoint.sharedParameters },
    canChange,
  }
  return (
    <div data-form="" className="grid gap-8">
      <SaveRefused state={state} merged={merged} draft={draft} onChoose={versioned.choose} />
      <EndpointDetailsFields {...tab} entityTypes={entityTypes} />
      <section aria-labelledby="endpoint-setup" className="grid min-w-0 gap-3">
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
          <h2 id="endpoint-setup" className="text-lg font-semibold">
            Endpoint setup
          </h2>
          {canRun && (
            <TryIt>
              {(trials, panel) => (
                <trials.TryEndpoint
                  panel={panel}
                  endpoint={endpoint}
                  canChange={canChange}
                  dirty={dirty}
                  onSave={() => save(false)}
                  dataPath={draft.dataPath}
                  onDataPath={(dataPath) => setDraft((before) => ({ ...before, dataPath }))}
                />
              )}
            </TryIt>
          )}
        </div>
        <TemplateFixesProvider
          owner={{ level: 'endpoint', connectorId: endpoint.connectorId, ownerId: endpoint.id }}
          revision={endpoint.revision}
          known={tab.variables.map(({ key }) => key)}
          literalSecretIn={literalSecretOf(state)}
          onSecretExtracted={() => setState(idleForm)}
        >
          <EndpointTabs
            tab={tab}
            baseUrl={endpoint.baseUrl}
            variablesTab={variablesTab}
            authenticationTab={authenticationTab}
          />
        </TemplateFixesProvider>
      </section>
      {canChange && (
        <UnsavedBar dirty={dirty} message="Unsaved changes in this endpoint">
          <Button disabled={!dirty || pending} onClick={() => (versioned.discard(), setState(idleForm))}>
            Discard
          </Button>
          <Button variant="primary" pending={pending} disabled={!dirty} onClick={() => save(false)} {...saveKeys}>
            Save endpoint
          </Button>
        </UnsavedBar>
      )}
      <ConfirmDialog
        title="Remove a filter that flows use?"
        confirmLabel="Save and remove it"
        danger
        open={question !== ''}
        onOpenChange={(open) => !open && setQuestion('')}
        onConfirm={async () => void (await save(true))}
      >
        <p>{question}</p>
      </ConfirmDialog>
    </div>
  )
}

const versions = {
  partsOf: (draft: EndpointDraft) => draft,
  draftOf: (draft: EndpointDraft) => draft,
  isSame: (one: EndpointDraft, other: EndpointDraft) => JSON.stringify(one) === JSON.stringify(other),
}
