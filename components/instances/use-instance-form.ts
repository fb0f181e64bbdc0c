'use client'

import { useState } from 'react'
import { toast } from '@/components/ui/toast'
import {
  changedTabs,
  credentialsInput,
  instanceDraft,
  tabNames,
  saveInput,
  tabOf,
  versionOf,
  type InstanceDraft,
} from '@/components/instances/instance-draft'
import { draftOfParts, instanceParts } from '@/components/instances/instance-versions'
import { firstDraft, type FirstDraft } from '@/components/instances/overtaken-draft'
import { unansweredSave } from '@/components/instances/unanswered-save'
import { useLeaving } from '@/components/instances/use-leaving'
import { useAction } from '@/components/forms/use-action'
import { useUnsavedChanges } from '@/components/forms/unsaved-changes'
import { useTabInAddress } from '@/components/ui/use-tab-in-address'
import { mergeVersions, withValueAt } from '@/lib/platform/forms/versions'
import { idleForm, invalidForm, type FormState } from '@/lib/platform/forms/form-state'
import { discardPendingAction, saveInstanceAction, testInstanceAction } from '@/lib/instances/actions'
import type { SaveInstance } from '@/lib/instances/schema'
import type { SaveResponse, TestResponse, VerificationView } from '@/lib/instances/outcomes'
import type { InstanceDetail } from '@/lib/instances/views'
import { unansweredResult } from '@/lib/platform/forms/unanswered'

/** The last response of the server, about fields or about the credentials. */
type Said = {
  form: FormState
  retypeSecrets: string | null
  verification: { report: VerificationView; ofSave: boolean } | null
}
const nothingSaid: Said = { form: idleForm, retypeSecrets: null, verification: null }

const savedMessages = {
  verified: 'Saved. The credentials were accepted.',
  plain: 'Saved. Applies to all flows.',
}

/** Who overtook what was typed before the person went to the third party, unless there is nothing to choose. */
function saidAtFirst({ overtaken }: InstanceDetail, { merged }: FirstDraft): Said {
  if (overtaken === null || merged === null) return nothingSaid
  return { ...nothingSaid, form: { ...invalidForm({}), changedBy: overtaken.changedBy } }
}

/** The state of *Instance settings*: a draft for all tabs, and the result of saving or testing it. */
export function useInstanceForm(instance: InstanceDetail) {
  const [base, setBase] = useState(instance)
  const [first] = useState(() => firstDraft(instance))
  const [draft, setDraft] = useState(first.draft)
  // The draft as it was saved, until the page shows what is stored. What was typed since then is not saved.
  const [settled, setSettled] = useState<InstanceDraft | null>(null)
  const [formNumber, setFormNumber] = useState(0)
  const [said, setSaid] = useState(() => saidAtFirst(instance, first))
  const [merged, setMerged] = useState(first.merged)
  const [tab, setTab] = useTabInAddress(tabNames, (next) => next === 'timeline')
  const [saveInstance, saving] = useAction(saveInstanceAction, unansweredSave)
  const [testInstance, testing] = useAction(testInstanceAction, unansweredSave)
  const [discardPending] = useAction(discardPendingAction, unansweredResult)
  const { leaving, leaveFor } = useLeaving()
  const changed = settled === draft ? [] : changedTabs(base, draft)
  const dirty = changed.length > 0

  const restart = (from: InstanceDetail, next: FirstDraft) => {
    setBase(from)
    setDraft(next.draft)
    setSettled(null)
    setMerged(next.merged)
    // Secret fields manage their own text. With another key they are new, and empty.
    setFormNumber(formNumber + 1)
  }
  // While there are unsaved changes, the form keeps the revision with which it started, so that saving over somebody
  // else's change is refused (rule R12).
  const isOvertaken = said.form.status === 'invalid' && said.form.changedBy !== undefined
  if (versionOf(instance) !== versionOf(base) && (!dirty || isOvertaken || settled !== null)) {
    if (instance.overtaken) {
      const next = firstDraft(instance, dirty || base.overtaken ? { base, draft, merged } : undefined)
      restart(instance, next)
      setSaid(saidAtFirst(instance, next))
    } else {
      const from = instanceParts(base, settled ?? undefined)
      const found = dirty ? mergeVersions(from, instanceParts(base, draft), instanceParts(instance)) : null
      restart(instance, {
        draft: found ? draftOfParts(instance, found.draft) : instanceDraft(instance),
        merged: settled === null ? found : null,
      })
    }
  }
  useUnsavedChanges(dirty && !leaving)

  const refusedBy = (answer: Extract<SaveResponse | TestResponse, { kind: 'refused' }>) => {
    setSaid({ form: answer.form, retypeSecrets: answer.retypeSecrets, verification: null })
    const wrong = answer.form.status === 'invalid' ? tabOf(answer.form.fieldErrors) : null
    if (wrong) setTab(wrong)
  }
  const discardWaiting = async () => {
    const discarded = await discardPending({ instanceId: instance.id })
    if (!discarded.ok) toast.error(discarded.error.message)
  }
  const take = (answer: SaveResponse, sent: InstanceDraft) => {
    if (answer.kind === 'refused') return refusedBy(answer)
    if (answer.kind === 'unverified')
      return setSaid({ ...nothingSaid, verification: { report: answer.report, ofSave: true } })
    setSaid(nothingSaid)
    setMerged(null)
    if (answer.kind === 'authorise') return leaveFor(answer.redirectTo)
    setSettled(sent)
    toast.success(answer.verified ? savedMessages.verified : savedMessages.plain)
    if (answer.problem !== null) toast.warning(answer.problem)
  }
  return {
    ...{ base, draft, tab, setTab, said, merged, changed, dirty, formNumber, saving: saving || leaving, testing },
    parts: instanceParts(base, draft),
    /** Chooses one of two versions of a field. */
    choose: (path: readonly string[], value: unknown) => {
      setDraft(draftOfParts(base, withValueAt(instanceParts(base, draft), path, value)))
      setFormNumber(formNumber + 1)
    },
    setDraft,
    discard: () => {
      restart(instance, { draft: instanceDraft(instance), merged: null })
      setSaid(nothingSaid)
      if (instance.overtaken) void discardWaiting()
    },
    save: async (intent: SaveInstance['intent']) => take(await saveInstance(saveInput(base, draft, intent)), draft),
    test: async () => {
      const answer = await testInstance({ instanceId: base.id, ...credentialsInput(draft) })
      if (answer.kind === 'refused') return refusedBy(answer)
      setSaid({ ...nothingSaid, verification: { report: answer.report, ofSave: false } })
    },
  }
}

export type InstanceForm = ReturnType<typeof useInstanceForm>
