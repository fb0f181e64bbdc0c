import { useMemo, useState } from 'react'
import { announceSaved } from '@/components/forms/announce-saved'
import { parameterRow, type ParameterRow } from '@/components/parameters/parameter-row'
import { useAction } from '@/components/forms/use-action'
import { useUnsavedChanges } from '@/components/forms/unsaved-changes'
import { useVersionedDraft } from '@/components/forms/use-versioned-draft'
import { saveConnectorParametersAction } from '@/lib/connector-parameters/actions'
import type { ConnectorParametersView } from '@/lib/connector-parameters/views'
import { idleForm, refusedForm, type FormState } from '@/lib/platform/forms/form-state'
import { unansweredResult } from '@/lib/platform/forms/unanswered'
import { sharedParametersInput } from './shared-parameters-input'

/** The draft of a connector's parameters and its save (rules R8 and R12). */
export function useSharedParameters(shared: ConnectorParametersView) {
  const stored = useMemo(
    () => ({ draft: { parameters: shared.parameters.map(parameterRow) }, revision: shared.revision }),
    [shared],
  )
  const versioned = useVersionedDraft(stored, versions)
  const [state, setState] = useState<FormState>(idleForm)
  const [saveParameters, pending] = useAction(saveConnectorParametersAction, unansweredResult)
  useUnsavedChanges(versioned.dirty && !pending)
  const forgetRefusal = () => setState(idleForm)

  const save = () =>
    versioned.save(async ({ parameters }) => {
      const answer = await saveParameters(sharedParametersInput(shared, parameters))
      setState(answer.ok ? idleForm : refusedForm(answer.error))
      if (answer.ok) announceSaved(answer.value)
      return answer.ok
    })
  const discard = () => {
    versioned.discard()
    forgetRefusal()
  }
  return { versioned, state, pending, save, discard, forgetRefusal }
}

type Draft = { parameters: ParameterRow[] }

const versions = {
  partsOf: (draft: Draft) => draft,
  draftOf: (draft: Draft) => draft,
  isSame: (one: Draft, other: Draft) => JSON.stringify(one) === JSON.stringify(other),
}
