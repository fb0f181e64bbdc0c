'use client'

import { useMemo, useState } from 'react'
import { firstDraft, methodDraft, methodInput, signatureOf } from '@/components/authentication-methods/method-draft'
import { draftOfParts, methodParts, type MethodParts } from '@/components/authentication-methods/method-versions'
import type { MethodSetupProps } from '@/components/authentication-methods/method-setup-props'
import { MethodDetailsFields } from '@/components/authentication-methods/method-details-fields'
import { stepsOf } from '@/components/authentication-methods/phase-steps'
import { SetupTabs } from '@/components/authentication-methods/setup-tabs'
import { announceSaved } from '@/components/forms/announce-saved'
import { SaveRefused } from '@/components/forms/save-refused'
import { useAction } from '@/components/forms/use-action'
import { saveKeys } from '@/components/forms/save-shortcut'
import { UnsavedBar } from '@/components/forms/unsaved-bar'
import { useVersionedDraft } from '@/components/forms/use-versioned-draft'
import { useUnsavedChanges } from '@/components/forms/unsaved-changes'
import { TryIt } from '@/components/trials/try-it'
import { Button } from '@/components/ui/button'
import { TemplateFixesProvider } from '@/components/variables/template-fixes-provider'
import { saveMethodAction } from '@/lib/authentication-methods/actions'
import { withoutMissingVariables } from '@/lib/domain/authentication/without-missing-variables'
import { idleForm, literalSecretOf, refusedForm, type FormState } from '@/lib/platform/forms/form-state'
import { unansweredResult } from '@/lib/platform/forms/unanswered'

/** *Authentication setup*: the same tabs for every type, with one draft and one save. */
export function MethodSetup({ setup, type, canChange, canRun, testUrl, ...rest }: MethodSetupProps) {
  const { method } = setup
  const stored = useMemo(() => ({ draft: methodDraft(method, type), revision: method.revision }), [method, type])
  const versioned = useVersionedDraft(
    stored,
    {
      partsOf: methodParts,
      // A variable that was removed in the meantime is no longer listed.
      draftOf: (parts: MethodParts) => withoutMissingVariables(type, draftOfParts(parts), knownKeys(setup)),
      isSame: (one, other) => signatureOf(one) === signatureOf(other),
    },
    firstDraft(stored.draft, testUrl),
  )
  const { draft, setDraft, dirty, merged } = versioned
  const [state, setState] = useState<FormState>(idleForm)
  const [saveMethod, pending] = useAction(saveMethodAction, unansweredResult)
  useUnsavedChanges(dirty && !pending)

  const save = () =>
    versioned.save(async (sent) => {
      const answer = await saveMethod(methodInput(method, sent))
      setState(answer.ok ? idleForm : refusedForm(answer.error))
      if (answer.ok) announceSaved(answer.value)
      return answer.ok
    })
  const errors = state.status === 'invalid' ? state.fieldErrors : noErrors
  const steps = stepsOf(draft, 'verify').filter(({ url }) => url).length

  return (
    <div data-form="" className="grid gap-6">
      <SaveRefused state={state} merged={merged} draft={methodParts(draft)} onChoose={versioned.choose} />
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
          type={type}
          draft={draft}
          onChange={setDraft}
          errors={errors}
          canChange={canChange}
          tryIt={
            canRun &&
            steps > 0 && (
              <TryIt>
                {(trials, panel) => (
                  <trials.TryMethod
                    panel={panel}
                    method={method}
                    steps={steps}
                    canChange={canChange}
                    dirty={dirty}
                    onSave={save}
                  />
                )}
              </TryIt>
            )
          }
          {...rest}
        />
      </TemplateFixesProvider>
      {canChange && (
        <UnsavedBar dirty={dirty} message="Unsaved changes in Authentication setup">
          <Button disabled={!dirty} onClick={() => (versioned.discard(), setState(idleForm))}>
            Discard
          </Button>
          <Button variant="primary" pending={pending} disabled={!dirty} onClick={save} {...saveKeys}>
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
