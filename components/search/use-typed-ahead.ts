'use client'

import { useEffect, useState } from 'react'

/**
 * What is typed while the field for it is being loaded.
 * @param waiting whether it is
 */
export function useTypedAhead(waiting: boolean): [typed: string, setTyped: (typed: string) => void] {
  const [typed, setTyped] = useState('')
  useEffect(() => {
    if (!waiting) return
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      if (event.key.length > 1 && event.key !== 'Backspace') return
      event.preventDefault()
      setTyped((before) => (event.key === 'Backspace' ? before.slice(0, -1) : before + event.key))
    }
    window.addEventListener('keydown', press, true)
    return () => window.removeEventListener('keydown', press, true)
  }, [waiting])
  return [typed, setTyped]
}
