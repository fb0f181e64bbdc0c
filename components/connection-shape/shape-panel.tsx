'use client'

import { Play } from 'lucide-react'
import { unstable_rethrow, usePathname, useRouter, useSearchParams } from 'next/navigation'
import { useState, useTransition } from 'react'
import { toast } from 'sonner'
import { EndpointPicker } from '@/components/connection-shape/endpoint-picker'
import { InstancePicker } from '@/components/connection-shape/instance-picker'
import { RunReport } from '@/components/connection-shape/run-report'
import { isDirty, shapeDraft, shapeInput, type ShapeDraft } from '@/components/connection-shape/shape-draft'
import { ShapeFilters } from '@/components/connection-shape/shape-filters'
import { ShapeValues } from '@/components/connection-shape/shape-values'
import { Field } from '@/components/forms/field'
import { FormErrorSummary } from '@/components/forms/form-error-summary'
import { TextField } from '@/components/forms/text-field'
import { useUnsavedChanges } from '@/components/forms/unsaved-changes'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/input'
import { runShapeAction, saveShapeAction } from '@/lib/flows/shape-actions'
import type { InstanceOption, ShapeSettings } from '@/lib/flows/shape-views'
import { answered } from '@/lib/platform/forms/answered'
import { idleForm, type FormState } from '@/lib/platform/forms/form-state'
import type { ExchangeReport } from '@/lib/calls/exchange-report'

type ShapePanelProps = {
  settings: ShapeSettings
  revision: number
  instances: InstanceOption[]
  canChange: boolean
  canRun: boolean
}
type Run = { report: ExchangeReport } | { refusal: string } | null

/** The settings of the selected connection shape. What is being chosen lives in the address, what is typed here. */
export function ShapePanel({ settings, revision, instances, canChange, canRun }: ShapePanelProps) {
  const choose = useChoice()
  const [draft, setDraft] = useState(() => shapeDraft(settings))
  const [state, setState] = useState<FormState>(idleForm)
  const [run, setRun] = useState<Run>(null)
  const [saving, startSaving] = useTransition()
  const [running, startRunning] = useTransition()
  const dirty = isDirty(settings, draft)
  useUnsavedChanges(canChange && dirty && !saving)
  const errors = state.status === 'invalid' ? state.fieldErrors : {}
  const { instance, endpoint, offered } = settings

  const change = (part: Partial<ShapeDraft>) => setDraft({ ...draft, ...part })
  const save = async (): Promise<boolean> => {
    const answer = await answered(saveShapeAction(shapeInput(settings, draft, revision)))
    setState(answer)
    if (answer.status !== 'done') return false
    setDraft({ ...draft, values: {}, filters: {} })
    return true
  }
  const saveOnly = () => startSaving(async () => void ((await save()) && toast.success('Shape saved.')))
  const runNow = () =>
    startRunning(async () => {
      if (canChange && dirty && !(await save())) return
      const answer = await runShapeAction({ flowId: settings.flowId, shapeId: settings.id }).catch(unanswered)
      if (answer) setRun(answer.ok ? { report: answer.value } : { refusal: answer.error.message })
      else
        setRun({ refusal: 'The server could not be reached, or failed. Activity shows whether the request was sent.' })
    })

  return (
    <form
      aria-label="Connection shape"
      className="grid gap-5"
      onSubmit={(event) => {
        event.preventDefault()
        if (canChange && dirty && !saving) saveOnly()
      }}
    >
      <FormErrorSummary state={state} />
      <TextField
        name="name"
        label="Shape name"
        required
        maxLength={120}
        value={draft.name}
        readOnly={!canChange}
        error={errors.name}
        onChange={(event) => change({ name: event.target.value })}
      />
      <InstancePicker
        options={instances}
        chosen={instance}
        disabled={!canChange}
        error={errors.instanceId}
        onChoose={(id) => choose({ instance: id, endpoint: null })}
      />
      {instance?.status === 'needs_authorising_again' && (
        <Alert tone="warn" title={`${instance.name} needs authorising again`}>
          Runs fail until someone presses <em>Authorise again</em> in its settings.
        </Alert>
      )}
      {settings.offeredRefusal && <Alert tone="warn">{settings.offeredRefusal}</Alert>}
      {endpoint && !endpoint.available && (
        <Alert tone="bad" title={`“${endpoint.name}” is no longer available for this instance`}>
          It does not accept {instance?.methodName} any more. Choose another endpoint, or switch the method on for it.
          Until then a run fails before anything is sent.
        </Alert>
      )}
      {instance && offered ? (
        <EndpointPicker
          key={instance.id}
          instanceId={instance.id}
          offered={offered}
          chosen={endpoint}
          disabled={!canChange}
          error={errors.endpointId}
          onChoose={(id) => choose({ instance: instance.id, endpoint: id })}
        />
      ) : (
        <Field label="Endpoint" required help="The endpoints offered depend on the instance.">
          {(control) => <Input {...control} disabled placeholder="Choose an instance first" />}
        </Field>
      )}
      {endpoint && (
        <>
          <ShapeValues
            variables={endpoint.variables}
            typed={draft.values}
            errors={errors}
            disabled={!canChange}
            onType={(id, value) => change({ values: { ...draft.values, [id]: value } })}
          />
          {endpoint.filters.length > 0 && (
            <ShapeFilters
              filters={endpoint.filters}
              typed={draft.filters}
              errors={errors}
              disabled={!canChange}
              onType={(id, value) => change({ filters: { ...draft.filters, [id]: value } })}
            />
          )}
        </>
      )}
      <TextField
        name="timeoutSeconds"
        label="Timeout limit"
        type="number"
        min={1}
        max={300}
        suffix="seconds"
        help={
          settings.defaultTimeoutSeconds === null
            ? undefined
            : `Default: ${settings.defaultTimeoutSeconds} seconds (from the authentication method).`
        }
        value={draft.timeoutSeconds}
        readOnly={!canChange}
        error={errors.timeoutSeconds}
        onChange={(event) => change({ timeoutSeconds: event.target.value })}
      />
      <div className="flex flex-wrap gap-2">
        {canChange && (
          <Button type="submit" disabled={!dirty} pending={saving}>
            Save shape
          </Button>
        )}
        {canRun && (
          <Button variant="primary" pending={running} disabled={!instance || !endpoint} onClick={runNow}>
            <Play aria-hidden />
            Run this shape
          </Button>
        )}
      </div>
      {run && 'refusal' in run && (
        <Alert tone="bad" title="The run failed">
          {run.refusal}
        </Alert>
      )}
      {run && 'report' in run && <RunReport report={run.report} />}
    </form>
  )
}

/** A lost connection; redirects (signed out in the meantime) pass. */
function unanswered(error: unknown): null {
  unstable_rethrow(error)
  return null
}

/** Writes the choice into the address, so that it survives a reload and can be sent to a colleague. */
function useChoice() {
  const router = useRouter()
  const pathname = usePathname()
  const search = useSearchParams()
  return (choice: Record<'instance' | 'endpoint', string | null>) => {
    const next = new URLSearchParams(search)
    for (const [key, value] of Object.entries(choice)) {
      if (value === null) next.delete(key)
      else next.set(key, value)
    }
    router.replace(`${pathname}?${next}`, { scroll: false })
  }
}
