'use client'

import { useEffect, useRef, useState, type ReactNode } from 'react'
import { FormContext } from '@/components/forms/form-context'
import { SaveRefused } from '@/components/forms/save-refused'
import { snapshotForm } from '@/components/forms/form-snapshot'
import { useActionForm } from '@/components/forms/use-action-form'
import { useFormVersion, type FormVersion } from '@/components/forms/use-form-version'
import { useUnsavedChanges } from '@/components/forms/unsaved-changes'
import { useSignedIn } from '@/components/forms/signed-in'
import { cn } from '@/components/ui/cn'
import type { FormAction, FormState } from '@/lib/platform/forms/form-state'
import { personField } from '@/lib/platform/session/signed-out'

type ActionFormProps = {
  action: FormAction
  children: ReactNode
  /** Called after the action returned `done` (not after a redirect), for example to close a dialog or show a toast. */
  onDone?: (state: Extract<FormState, { status: 'done' }>) => void
  /** Whether to ask before leaving with something typed. On by default; off for the log-in and small dialogs. */
  guard?: boolean
  /**
   * For an object that several people edit: sent as `revision`, and used for the comparison if somebody else saved
   * first.
   */
  version?: FormVersion
  id?: string
  className?: string
  'aria-label'?: string
}

/** A form that provides its fields with their errors, echoed values and pending state. */
export function ActionForm({
  action,
  children,
  onDone,
  guard = true,
  version,
  id,
  className,
  'aria-label': label,
}: ActionFormProps) {
  const form = useRef<HTMLFormElement>(null)
  const saved = useRef('')
  const [dirty, setDirty] = useState(false)
  // Undefined on pages for which nobody has to sign in. Their forms do not send it.
  const person = useSignedIn().pageFor()
  const { state, pending, doneCount, formProps } = useActionForm(action, onDone)

  useEffect(() => {
    if (!form.current) return
    saved.current = snapshotForm(form.current)
    setDirty(false)
  }, [doneCount])
  useUnsavedChanges(guard && dirty && !pending)
  const { revision, merged, choose } = useFormVersion(form, { version, state, dirty, doneCount })

  // Deferred, so that fields that appear after a choice are included.
  const changed = () => queueMicrotask(() => form.current && setDirty(snapshotForm(form.current) !== saved.current))
  const invalid = state.status === 'invalid' ? state : null
  const context = {
    pending,
    errors: invalid?.fieldErrors ?? {},
    values: invalid?.values ?? {},
    doneCount,
    dirty,
    changed,
  }

  return (
    <FormContext value={context}>
      <form
        ref={form}
        id={id}
        aria-label={label}
        noValidate
        onInput={changed}
        onChange={changed}
        className={cn('grid gap-5', className)}
        {...formProps}
      >
        <SaveRefused state={state} merged={merged} draft={merged?.draft} onChoose={choose} />
        {revision !== undefined && <input type="hidden" name="revision" value={revision} />}
        {/* For a form that is sent before the scripts run. */}
        {person !== undefined && <input type="hidden" name={personField} defaultValue={person} />}
        {children}
      </form>
    </FormContext>
  )
}
