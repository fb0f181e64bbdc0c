'use client'

import { useRef, useState } from 'react'
import { toast } from '@/components/ui/toast'
import { isDirty, shapeDraft, shapeInput, type ShapeDraft } from '@/components/connection-shape/shape-draft'
import { draftOfParts, shapeParts, storedParts, type ShapeParts } from '@/components/connection-shape/shape-versions'
import { useAction } from '@/components/forms/use-action'
import { useUnsavedChanges } from '@/components/forms/unsaved-changes'
import type { ExchangeReport } from '@/lib/calls/exchange-report'
import { refuse } from '@/lib/domain/result'
import { runShapeAction, saveShapeAction } from '@/lib/flows/shape-actions'
import type { ShapeSettings } from '@/lib/flows/shape-views'
import { idleForm, type FormState } from '@/lib/platform/forms/form-state'
import { unansweredForm } from '@/lib/platform/forms/unanswered'
import { mergeVersions, same, withValueAt, type Merged } from '@/lib/platform/forms/versions'

/** A result belongs to the instance and endpoint that produced it. Its shape is always that of the form. */
type Run = { of: string } & ({ report: ExchangeReport } | { refusal: string })

const unansweredRun = (
  said = 'The server could not be reached, or failed. Activity shows whether the request was sent.',
) => refuse('unexpected', said)

/** The state of a connection shape's settings: what is typed, and the result of saving or running it. */
export function useShapeForm(settings: ShapeSettings, revision: number, canChange: boolean) {
  const [draft, setDraft] = useState(() => shapeDraft(settings))
  const [state, setState] = useState<FormState>(idleForm)
  const [run, setRun] = useState<Run | null>(null)
  const [saveShape, saving] = useAction(saveShapeAction, unansweredForm)
  const [runShape, running] = useAction(runShapeAction, unansweredRun)
  const [preparing, setPreparing] = useState(false)
  const [base, setBase] = useState({ settings, revision })
  // The draft as it was sent, until the page shows what is stored. What was typed since then stays.
  const [sent, setSent] = useState<{ draft: ShapeDraft; saved: boolean } | null>(null)
  const [merged, setMerged] = useState<Merged<ShapeParts> | null>(null)
  const [theirCalls, setTheirCalls] = useState(0)
  const dirty = isDirty(settings, draft)
  // A choice changes the settings but not the revision.
  if (revision === base.revision && settings !== base.settings) setBase({ settings, revision })
  if (revision !== base.revision && (sent === null || sent.saved)) {
    const isSettled = sent ? sent.draft === draft : !isDirty(base.settings, draft)
    const from = sent ? shapeParts(base.settings, sent.draft) : storedParts(base.settings)
    const mine = shapeParts(base.settings, draft)
    const found = isSettled ? null : mergeVersions(from, mine, storedParts(settings))
    setBase({ settings, revision })
    setDraft(found ? draftOfParts(settings, found.draft) : shapeDraft(settings))
    setMerged(sent ? null : found)
    setSent(null)
    const stored = [base.settings, settings].map((one) => storedParts(one).calls)
    const isTheirs = found ? found.taken.some(([part]) => part === 'calls') : !same(stored[0], stored[1])
    if (sent === null && isTheirs) setTheirCalls(theirCalls + 1)
  }
  const calls = `${settings.instance?.id} ${settings.endpoint?.id}`
  useUnsavedChanges(canChange && dirty && !saving)

  // *Run this shape* may be pressed while the same draft is being saved, and until the page shows what was saved.
  const latestSave = useRef<{ draft: ShapeDraft; saved: Promise<boolean> } | null>(null)

  const save = (): Promise<boolean> => {
    if (latestSave.current?.draft === draft) return latestSave.current.saved
    const saved = send()
    latestSave.current = { draft, saved }
    void saved.then((isSaved) => {
      if (!isSaved && latestSave.current?.saved === saved) latestSave.current = null
    })
    return saved
  }
  const send = async (): Promise<boolean> => {
    setSent({ draft, saved: false })
    // What is typed between a save and its appearance on the page is based on that save.
    const answer = await saveShape(shapeInput(settings, draft, sent?.saved ? base.revision + 1 : base.revision))
    setState(answer)
    const saved = answer.status === 'done'
    setSent(saved ? { draft, saved } : null)
    if (saved) setMerged(null)
    return saved
  }
  return {
    draft,
    change: (part: Partial<ShapeDraft>) => setDraft((now) => ({ ...now, ...part })),
    state,
    merged,
    /** Increases each time somebody else's instance and endpoint replace those that were chosen here. */
    theirCalls,
    parts: shapeParts(settings, draft),
    choose: (path: readonly string[], value: unknown) =>
      setDraft(draftOfParts(settings, withValueAt(shapeParts(settings, draft), path, value))),
    errors: state.status === 'invalid' ? state.fieldErrors : {},
    dirty,
    saving,
    running: running || preparing,
    run: run?.of === calls ? run : null,
    save: async () => {
      if (await save()) toast.success('Shape saved.')
    },
    /** Saves what is typed before it runs. */
    runNow: async () => {
      setPreparing(true)
      const isReady = !canChange || !dirty || (await save())
      setPreparing(false)
      if (!isReady) return
      const answer = await runShape({ flowId: settings.flowId, shapeId: settings.id })
      setRun(answer.ok ? { of: calls, report: answer.value } : { of: calls, refusal: answer.error.message })
    },
  }
}

export type ShapeForm = ReturnType<typeof useShapeForm>
