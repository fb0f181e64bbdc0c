'use client'

import { createContext, useContext } from 'react'

export type FormContextValue = {
  pending: boolean
  errors: Record<string, string>
  /** The values that the action echoed when it refused the form. */
  values: Record<string, string>
  /** Increases each time the form succeeds. Secret fields are then cleared. */
  doneCount: number
  dirty: boolean
  /** Called by controls without an input when their value changes. */
  changed: () => void
}

const nothing: FormContextValue = {
  pending: false,
  errors: {},
  values: {},
  doneCount: 0,
  dirty: false,
  changed: () => undefined,
}

export const FormContext = createContext<FormContextValue>(nothing)

/** The form around a field. Outside a form, nothing is pending and there are no errors. */
export function useFormContext(): FormContextValue {
  return useContext(FormContext)
}
