'use client'

import { useState } from 'react'
import { toast } from 'sonner'
import { methodDraft, methodInput, signatureOf, withPhase } from '@/components/authentication-methods/method-draft'
import { draftOfParts, methodParts, type MethodParts } from '@/components/authentication-methods/method-versions'
import type { MethodSetupProps } from '@/components/authentication-methods/method-setup-props'
import { MethodDetailsFields } from '@/components/authentication-methods/method-details-fields'
import { stepsOf } from '@/components/authentication-methods/phase-steps'
import { SetupTabs } from '@/components/authentication-methods/setup-tabs'
import { SaveRefused } from '@/components/forms/save-refused'
import { mergeVersions, withValueAt, type Merged } from '@/lib/platform/forms/versions'
import { useAction } from '@/components/forms/use-action'
import { UnsavedBar } from '@/components/forms/unsaved-bar'
import { useUnsavedChanges } from '@/components/forms/unsaved-changes'
import { TryMethod } from '@/components/trials/try-method'
import { Button } from '@/components/ui/button'
import { TemplateFixesProvider } from '@/components/variables/template-fixes-provider'
import { saveMethodAction } from '@/lib/authentication-methods/actions'
import { unknownInMethod } from '@/lib/domain/authentication/unknown-in-method'
import { withoutMissingVariables } from '@/lib/domain/authentication/without-missing-variables'
import { idleForm, literalSecretOf, type FormState } from '@/lib/platform/forms/form-state'
import { unansweredForm } from '@/lib/platform/forms/unanswered'

/** *Authentication setup*: the same tabs for every type, one draft behind them, one save. */
export function MethodSetup({ setup, canChange, canRun, testUrl, ...rest }: MethodSetupProps) {
  const { method } = setup
  const [saved, setSaved] = useState(() => methodDraft(method))
  const [draft, setDraft] = useState(() =>
    testUrl ? withPhase(saved, 'verify', 0, { httpMethod: 'GET', url: testUrl }) : saved,
  )
  const [state, setState] = useState<FormState>(idleForm)
  const [saveMethod, pending] = useAction(saveMethodAction, unansweredForm)
  const [revision, setRevision] = useState(method.revision)
  const [ownSave, setOwnSave] = useState<'none' | 'pending' | 'done'>('none')
  const [merged, setMerged] = useState<Merged<MethodParts> | null>(null)
  const dirty = signatureOf(draft) !== signatureOf(saved)
  // A new revision comes from this save, and then as the server made it (an optional parameter gets a variable), from a
  // variable saved beside it, or from somebody else: what is typed here and not saved stays, without the variables that
  // were removed.
  if (method.revision !== revision && ownSave !== 'pending') {
    const fresh = methodDraft(method)
    const own = ownSave === 'done' || !dirty
    const found = own ? null : mergeVersions(methodParts(saved), methodParts(draft), methodParts(fresh))
    setRevision(method.revision)
    setSaved(fresh)
    setDraft(found ? withoutMissingVariables(method.type, draftOfParts(found.draft), knownKeys(setup)) : fresh)
    setMerged(found)
    setOwnSave('none')
  }
  useUnsavedChanges(dirty && !pending)

  const save = async (): Promise<boolean> => {
    setOwnSave('pending')
    const answer = await saveMethod(methodInput(method, draft))
    setState(answer)
    setOwnSave(answer.status === 'done' ? 'done' : 'none')
    if (answer.status !== 'done') return false
    setMerged(null)
    const { type } = method
    const isComplete =
      unknownInMethod({ type, ...draft, variables: setup.variables }, keysOf(setup.connector)).length === 0
    toast[isComplete ? 'success' : 'warning'](answer.message ?? 'Saved.')
    return true
  }
  const errors = state.status === 'invalid' ? state.fieldErrors : noErrors
  const steps = stepsOf(draft, 'verify').filter(({ url }) => url).length

  return (
    <div data-form="" className="grid gap-6">
      <SaveRefused
        state={state}
        merged={merged}
        draft={methodParts(draft)}
        onChoose={(path, value) => setDraft(draftOfParts(withValueAt(methodParts(draft), path, value)))}
      />
      <MethodDetailsFields type={method.type} draft={draft} onChange={setDraft} errors={errors} canChange={canChange} />
      <TemplateFixesProvider
        owner={{ level: 'method', connectorId: method.connectorId, ownerId: method.id }}
        revision={method.revision}
        known={knownKeys(setup)}
        literalSecretIn={literalSecretOf(state)}
        onSecretExtracted={() => setState(idleForm)}
      >
        <SetupTabs
          setup={setup}
          draft={draft}
          onChange={setDraft}
          errors={errors}
          canChange={canChange}
          tryIt={
            canRun &&
            steps > 0 && <TryMethod method={method} steps={steps} canChange={canChange} dirty={dirty} onSave={save} />
          }
          {...rest}
        />
      </TemplateFixesProvider>
      {canChange && (
        <UnsavedBar dirty={dirty} message="Unsaved changes in Authentication setup">
          <Button disabled={!dirty} onClick={() => (setDraft(saved), setMerged(null), setState(idleForm))}>
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

function knownKeys({ variables, connector }: MethodSetupProps['setup']): string[] {
  return [...variables.map(({ key }) => key), ...keysOf(connector)]
}

function keysOf({ variables }: MethodSetupProps['setup']['connector']): string[] {
  return variables.map(({ key }) => key)
}

const noErrors: Record<string, string> = {}
