'use client'

import { useCallback, useEffect, useRef, useState } from 'react'

const beginnings = ['pointerdown', 'pointermove', 'keydown', 'focusin'] as const
/** After a failure: a moving pointer would ask again with every step. */
const beginningsAgain = ['pointerdown', 'keydown', 'focusin'] as const

/**
 * Code that a page does not show at first, loaded when a person begins to use the page: early enough to be there when it
 * is needed, even if the connection is lost by then.
 * @param load stays the same over renders
 * @returns null until it is loaded; and a function that loads it at once
 */
export function useLoadedOnUse<Part>(load: () => Promise<Part>): [part: Part | null, loadNow: () => void] {
  const [state, setState] = useState<{ loaded: Part } | 'missing' | 'failed'>('missing')
  const isLoading = useRef(false)
  const loadNow = useCallback(() => {
    if (isLoading.current) return
    isLoading.current = true
    void load().then(
      (loaded) => setState({ loaded }),
      () => {
        isLoading.current = false
        setState('failed')
      },
    )
  }, [load])
  const events = state === 'missing' ? beginnings : state === 'failed' ? beginningsAgain : null
  useEffect(() => {
    if (events === null) return
    for (const event of events) document.addEventListener(event, loadNow)
    return () => events.forEach((event) => document.removeEventListener(event, loadNow))
  }, [events, loadNow])
  return [typeof state === 'object' ? state.loaded : null, loadNow]
}
