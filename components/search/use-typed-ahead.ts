'use client'

import { useEffect, useEffectEvent } from 'react'

/**
 * Collects what is typed while the search field is being loaded.
 * @param waiting whether the field is being loaded
 * @param change changes the collected text
 * @param onCancel called when Escape is pressed
 */
export function useTypedAhead(
  waiting: boolean,
  change: (next: (text: string) => string) => void,
  onCancel: () => void,
): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'Escape') return onCancel()
    if (event.key.length > 1 && event.key !== 'Backspace') return
    event.preventDefault()
    change((text) => (event.key === 'Backspace' ? text.slice(0, -1) : text + event.key))
  })
  useEffect(() => {
    if (!waiting) return
    const listener = (event: KeyboardEvent) => press(event)
    window.addEventListener('keydown', listener, true)
    return () => window.removeEventListener('keydown', listener, true)
  }, [waiting])
}
