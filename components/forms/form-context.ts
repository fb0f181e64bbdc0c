'use client'

import { createContext, useContext } from 'react'

export type FormContextValue = {
  pending: boolean
  errors: Record<string, string>
  /** What an action that refused has echoed. */
  values: Record<string, string>
  /** Raised each time the form was done: secret fields forget what was typed. */
  doneCount: number
  dirty: boolean
  /** Controls without an input of their own say that something changed. */
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

/** The form around a field; outside of a form, nothing is pending and nothing is wrong. */
export function useFormContext(): FormContextValue {
  return useContext(FormContext)
}
