'use client'

import { useState, type ReactNode } from 'react'
import { toast } from 'sonner'
import { EndpointDetailsFields } from '@/components/endpoints/endpoint-details-fields'
import {
  endpointDraft,
  endpointInput,
  type EndpointDraft,
  type EndpointTabProps,
} from '@/components/endpoints/endpoint-draft'
import { EndpointTabs } from '@/components/endpoints/endpoint-tabs'
import { TryEndpoint } from '@/components/trials/try-endpoint'
import { SaveRefused } from '@/components/forms/save-refused'
import { mergeVersions, withValueAt, type Merged } from '@/lib/platform/forms/versions'
import { runTimeVariables } from '@/lib/platform/forms/template-words'
import { useAction } from '@/components/forms/use-action'
import { UnsavedBar } from '@/components/forms/unsaved-bar'
import { useUnsavedChanges } from '@/components/forms/unsaved-changes'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { TemplateFixesProvider } from '@/components/variables/template-fixes-provider'
import { saveEndpointAction } from '@/lib/endpoints/actions'
import type { EndpointDetail } from '@/lib/endpoints/views'
import { idleForm, literalSecretOf, refusedForm, type FormState } from '@/lib/platform/forms/form-state'
import { savedMessage } from '@/lib/platform/forms/saved-message'
import { unansweredResult } from '@/lib/platform/forms/unanswered'

type EndpointSetupProps = {
  endpoint: EndpointDetail
  entityTypes: string[]
  canChange: boolean
  canRun: boolean
  /** The two tabs that save on their own. */
  variablesTab: ReactNode
  authenticationTab: ReactNode
}

/** *Endpoint details* above *Endpoint setup*: one draft behind them, one save. */
export function EndpointSetup({
  endpoint,
  entityTypes,
  canChange,
  canRun,
  variablesTab,
  authenticationTab,
}: EndpointSetupProps) {
  const [draft, setDraft] = useState(() => endpointDraft(endpoint))
  const [base, setBase] = useState(draft)
  const [baseRevision, setBaseRevision] = useState(endpoint.revision)
  const [ownSave, setOwnSave] = useState<'none' | 'pending' | 'done'>('none')
  const [merged, setMerged] = useState<Merged<EndpointDraft> | null>(null)
  const [state, setState] = useState<FormState>(idleForm)
  const [question, setQuestion] = useState('')
  const [saveEndpoint, pending] = useAction(saveEndpointAction, unansweredResult)
  const dirty = JSON.stringify(draft) !== JSON.stringify(base)
  useUnsavedChanges(dirty && !pending)

  if (baseRevision !== endpoint.revision && ownSave !== 'pending') {
    // Saved here: take over what the server made of it. Saved beside it (a variable), or by somebody else: what is typed
    // stays.
    const fresh = endpointDraft(endpoint)
    const found = ownSave === 'done' || !dirty ? null : mergeVersions(base, draft, fresh)
    setBaseRevision(endpoint.revision)
    setBase(fresh)
    setDraft(found ? found.draft : fresh)
    setMerged(found)
    setOwnSave('none')
  }

  const send = async (confirmed: boolean): Promise<boolean> => {
    setOwnSave('pending')
    const answer = await saveEndpoint(endpointInput(endpoint, draft, confirmed))
    setOwnSave(answer.ok ? 'done' : 'none')
    if (answer.ok) {
      setMerged(null)
      setState(idleForm)
      announce(answer.value)
      return true
    }
    if (answer.error.code === 'confirmation_needed') setQuestion(answer.error.message)
    else setState(refusedForm(answer.error))
    return false
  }

  const tab: EndpointTabProps = {
    draft,
    change: (change) => setDraft((before) => ({ ...before, ...change })),
    variables: [...endpoint.namedVariables, ...runTimeVariables],
    errors: state.status === 'invalid' ? state.fieldErrors : {},
    canChange,
  }
  return (
    <div data-form="" className="grid gap-8">
      <SaveRefused
        state={state}
        merged={merged}
        draft={draft}
        onChoose={(path, value) => setDraft(withValueAt(draft, path, value))}
      />
      <EndpointDetailsFields {...tab} entityTypes={entityTypes} />
      <section aria-labelledby="endpoint-setup" className="grid min-w-0 gap-3">
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
          <h2 id="endpoint-setup" className="text-lg font-semibold">
            Endpoint setup
          </h2>
          {canRun && (
            <TryEndpoint
              endpoint={endpoint}
              canChange={canChange}
              dirty={dirty}
              onSave={() => send(false)}
              dataPath={draft.dataPath}
              onDataPath={(dataPath) => setDraft((before) => ({ ...before, dataPath }))}
            />
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
          <Button disabled={!dirty || pending} onClick={() => (setDraft(base), setMerged(null), setState(idleForm))}>
            Discard
          </Button>
          <Button variant="primary" pending={pending} disabled={!dirty} onClick={() => send(false)}>
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
        onConfirm={async () => void (await send(true))}
      >
        <p>{question}</p>
      </ConfirmDialog>
    </div>
  )
}

function announce(saved: { pendingOrigins: string[]; unknownVariables: string[] }) {
  const isFine = saved.pendingOrigins.length + saved.unknownVariables.length === 0
  if (isFine) toast.success('Saved. Every flow uses it from now on.')
  else toast.warning(savedMessage(saved))
}
