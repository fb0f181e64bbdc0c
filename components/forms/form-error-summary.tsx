'use client'

import { CircleX } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { fieldIn } from '@/components/forms/field-in-form'
import type { FormState } from '@/lib/platform/forms/form-state'

/** Moves to the control with the name, even if it is hidden in a tab or a <details>. */
function goTo(summary: HTMLElement, name: string) {
  const form = summary.closest('form, [data-form]')
  const target = form && fieldIn(form, name)
  if (!target) return
  for (let details = target.closest('details'); details; details = details.parentElement?.closest('details') ?? null)
    details.open = true
  const panel = target.closest<HTMLElement>('[role="tabpanel"][data-state="inactive"]')
  const tab = panel && document.getElementById(panel.getAttribute('aria-labelledby') ?? '')
  if (tab) tab.dispatchEvent(new MouseEvent('mousedown', { bubbles: true, cancelable: true, button: 0 }))
  requestAnimationFrame(() => {
    target.focus()
    target.scrollIntoView({ block: 'center' })
  })
}

/** Takes the focus when the server refuses the form, with a link to each field that has an error. */
export function FormErrorSummary({ state }: { state: FormState }) {
  const summary = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (state.status === 'invalid') summary.current?.focus()
  }, [state])
  if (state.status !== 'invalid') return null
  const errors = Object.entries(state.fieldErrors)
  const heading = state.message ?? (errors.length > 1 && `Fix ${errors.length} fields`)
  return (
    <div
      ref={summary}
      role="alert"
      tabIndex={-1}
      className="flex gap-3 rounded-lg bg-bad-subtle px-3.5 py-2.5 focus:outline-2 focus:outline-bad"
    >
      <CircleX aria-hidden className="mt-0.75 size-4 shrink-0 text-bad" />
      <div className="min-w-0">
        {heading && <p className="font-medium break-words">{heading}</p>}
        {errors.length > 0 && (
          <ul className="mt-1 grid gap-0.5 text-sm">
            {errors.map(([name, message]) => (
              <li key={name}>
                <button
                  type="button"
                  className="text-left break-words underline underline-offset-2"
                  onClick={() => summary.current && goTo(summary.current, name)}
                >
                  {message}
                </button>
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  )
}
