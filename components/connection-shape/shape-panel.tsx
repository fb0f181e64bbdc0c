'use client'

import { Play } from 'lucide-react'
import { useEffect, useEffectEvent, useRef, type FormEvent } from 'react'
import { InstancePicker } from '@/components/connection-shape/instance-picker'
import { RunReport } from '@/components/connection-shape/run-report'
import { OpenInstance } from '@/components/connection-shape/open-instance'
import { ShapeEndpoint } from '@/components/connection-shape/shape-endpoint'
import { ShapeNotices } from '@/components/connection-shape/shape-notices'
import { shapeLabel, shapeVersionText, type ShapeParts } from '@/components/connection-shape/shape-versions'
import { useChoice } from '@/components/connection-shape/use-choice'
import { useShapeForm } from '@/components/connection-shape/use-shape-form'
import { SaveRefused } from '@/components/forms/save-refused'
import { saveKeys } from '@/components/forms/save-shortcut'
import { useFocusWhenSettled } from '@/components/forms/use-focus-when-settled'
import { TextField } from '@/components/forms/text-field'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import type { InstanceOption, ShapeSettings } from '@/lib/flows/shape-views'

type ShapePanelProps = {
  settings: ShapeSettings
  revision: number
  instances: InstanceOption[]
  canChange: boolean
  canRun: boolean
}

/** After *Save shape*: *Run this shape*. */
const firstEnabledButton = (buttons: HTMLElement) => buttons.querySelector<HTMLElement>('button:enabled')

/** The settings of the selected connection shape. The choices are in the address; what is typed is stored here. */
export function ShapePanel({ settings, revision, instances, canChange, canRun }: ShapePanelProps) {
  const { choice, arriving, choose, chooseIds } = useChoice(settings)
  const form = useShapeForm(settings, revision, canChange)
  const { draft, change, errors, run } = form
  const { instance, endpoint, defaultTimeoutSeconds } = settings
  const takeStored = useEffectEvent(() => chooseIds({ instance: null, endpoint: null }))
  const { theirCalls } = form
  useEffect(() => {
    if (theirCalls > 0) takeStored()
  }, [theirCalls])
  const buttons = useRef<HTMLDivElement>(null)
  useFocusWhenSettled(buttons, form.dirty, firstEnabledButton)
  const savesFirst = canChange && (form.dirty || arriving)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (canChange && form.dirty && !form.saving && !arriving) void form.save()
  }
  return (
    <form aria-label="Connection shape" className="grid gap-5" onSubmit={submit}>
      <SaveRefused
        state={form.state}
        merged={form.merged}
        draft={form.parts}
        labelOf={(path) => shapeLabel(settings, path)}
        textOf={shapeVersionText}
        onChoose={(path, value) => {
          if (path[0] !== 'calls') return form.choose(path, value)
          const { instanceId, endpointId } = value as ShapeParts['calls']
          chooseIds({ instance: instanceId, endpoint: endpointId })
        }}
      />
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
        chosen={choice.instance}
        disabled={!canChange}
        error={errors.instanceId}
        onChoose={(next) => choose({ instance: next, endpoint: null })}
      />
      {!arriving && <ShapeNotices settings={settings} canRun={canRun} />}
      <ShapeEndpoint
        settings={settings}
        choice={choice}
        arriving={arriving}
        form={form}
        disabled={!canChange}
        onChoose={(next) => choose({ instance: choice.instance, endpoint: next })}
      />
      <TextField
        name="timeoutSeconds"
        label="Timeout limit"
        type="number"
        min={1}
        max={300}
        suffix="seconds"
        help={
          defaultTimeoutSeconds === null
            ? undefined
            : `Default: ${defaultTimeoutSeconds} seconds (from the authentication method).`
        }
        value={draft.timeoutSeconds}
        readOnly={!canChange}
        error={errors.timeoutSeconds}
        onChange={(event) => change({ timeoutSeconds: event.target.value })}
      />
      <div ref={buttons} className="flex flex-wrap items-center gap-2">
        {canChange && (
          <Button type="submit" disabled={!form.dirty || arriving} pending={form.saving} {...saveKeys}>
            Save shape
          </Button>
        )}
        {canRun && (
          <Button
            variant="primary"
            pending={form.running}
            disabled={!instance || !endpoint || arriving}
            aria-describedby={savesFirst ? 'saves-first' : undefined}
            onClick={form.runNow}
          >
            <Play aria-hidden />
            Run this shape
          </Button>
        )}
        {canRun && savesFirst && (
          <p id="saves-first" className="text-sm text-muted">
            Running saves your changes first.
          </p>
        )}
      </div>
      {run && !arriving && 'refusal' in run && (
        <Alert tone="bad" title="The run failed" actions={instance && <OpenInstance {...instance} />}>
          {run.refusal}
        </Alert>
      )}
      {run && !arriving && 'report' in run && (
        <RunReport report={run.report} outdated={form.running} instance={instance} />
      )}
    </form>
  )
}
