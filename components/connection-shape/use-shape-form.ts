'use client'

import { useState } from 'react'
import { toast } from 'sonner'
import { isDirty, shapeDraft, shapeInput, type ShapeDraft } from '@/components/connection-shape/shape-draft'
import { useAction } from '@/components/forms/use-action'
import { useUnsavedChanges } from '@/components/forms/unsaved-changes'
import type { ExchangeReport } from '@/lib/calls/exchange-report'
import { refuse } from '@/lib/domain/result'
import { runShapeAction, saveShapeAction } from '@/lib/flows/shape-actions'
import type { ShapeSettings } from '@/lib/flows/shape-views'
import { idleForm, type FormState } from '@/lib/platform/forms/form-state'
import { unansweredForm } from '@/lib/platform/forms/unanswered'

/** A result belongs to the instance and the endpoint that produced it; the form itself is of one shape. */
type Run = { of: string } & ({ report: ExchangeReport } | { refusal: string })

const unansweredRun = (
  said = 'The server could not be reached, or failed. Activity shows whether the request was sent.',
) => refuse('unexpected', said)

/** The state behind a connection shape's settings: what is typed, and what saving or running it answered. */
export function useShapeForm(settings: ShapeSettings, revision: number, canChange: boolean) {
  const [draft, setDraft] = useState(() => shapeDraft(settings))
  const [state, setState] = useState<FormState>(idleForm)
  const [run, setRun] = useState<Run | null>(null)
  const [saveShape, saving] = useAction(saveShapeAction, unansweredForm)
  const [runShape, running] = useAction(runShapeAction, unansweredRun)
  const [preparing, setPreparing] = useState(false)
  const dirty = isDirty(settings, draft)
  const calls = `${settings.instance?.id} ${settings.endpoint?.id}`
  useUnsavedChanges(canChange && dirty && !saving)

  const save = async (): Promise<boolean> => {
    const answer = await saveShape(shapeInput(settings, draft, revision))
    setState(answer)
    if (answer.status !== 'done') return false
    setDraft({ ...draft, values: {}, filters: {} })
    return true
  }
  return {
    draft,
    change: (part: Partial<ShapeDraft>) => setDraft({ ...draft, ...part }),
    state,
    errors: state.status === 'invalid' ? state.fieldErrors : {},
    dirty,
    saving,
    running: running || preparing,
    run: run?.of === calls ? run : null,
    save: async () => {
      if (await save()) toast.success('Shape saved.')
    },
    /** With what is typed: that is saved first. */
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
