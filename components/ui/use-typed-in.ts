'use client'

import { useCallback, useRef } from 'react'

/** Whether a person has typed or chosen something in the forms inside an element since it appeared. */
export function useTypedIn() {
  const element = useRef<HTMLElement | null>(null)
  const start = useRef('')
  const touched = useRef(false)
  const content = useCallback((shown: HTMLElement | null) => {
    element.current = shown
    if (!shown) return
    start.current = valuesIn(shown)
    touched.current = false
    const touch = () => (touched.current = true)
    shown.addEventListener('input', touch)
    return () => {
      shown.removeEventListener('input', touch)
      element.current = null
    }
  }, [])
  const isTyped = () => touched.current && element.current !== null && valuesIn(element.current) !== start.current
  return { content, isTyped }
}

/** The values of all form controls. */
function valuesIn(element: HTMLElement): string {
  const controls = element.querySelectorAll<HTMLInputElement>('form :is(input:not([type=hidden]), textarea, select)')
  return JSON.stringify(
    [...controls].map(({ type, checked, value }) => (type === 'checkbox' || type === 'radio' ? checked : value)),
  )
}
