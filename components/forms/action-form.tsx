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
  /** After the action said `done` (not after a redirect): close a dialog, show a toast. */
  onDone?: (state: Extract<FormState, { status: 'done' }>) => void
  /** Leaving with something typed asks first. On by default; off for log-in and small dialogs. */
  guard?: boolean
  /** Of an object that several people edit: sent as `revision`, and compared when somebody else saved first. */
  version?: FormVersion
  id?: string
  className?: string
  'aria-label'?: string
}

/** A form whose fields find their errors, echoed values and pending state by themselves. */
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
  // Undefined on pages that need no person: their forms say nothing of one.
  const person = useSignedIn().pageFor()
  const { state, pending, doneCount, formProps } = useActionForm(action, onDone)

  useEffect(() => {
    if (!form.current) return
    saved.current = snapshotForm(form.current)
    setDirty(false)
  }, [doneCount])
  useUnsavedChanges(guard && dirty && !pending)
  const { revision, merged, choose } = useFormVersion(form, { version, state, dirty, doneCount })

  // Fields that show themselves after a choice are compared once they are there.
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
        {/* For a form that is sent before the script runs. */}
        {person !== undefined && <input type="hidden" name={personField} defaultValue={person} />}
        {children}
      </form>
    </FormContext>
  )
}
