'use client'

import { useCallback, useEffect, useState } from 'react'

const beginnings = ['pointerdown', 'pointermove', 'keydown', 'focusin'] as const

/**
 * Code that a page does not show at first, loaded when a person begins to use the page: early enough to be there when it
 * is needed, even if the connection is lost by then.
 * @param load stays the same over renders
 * @returns null until it is loaded; and a function that loads it at once
 */
export function useLoadedOnUse<Part>(load: () => Promise<Part>): [part: Part | null, loadNow: () => void] {
  const [part, setPart] = useState<{ loaded: Part } | null>(null)
  // What fails is tried again at the next use.
  const loadNow = useCallback(
    () =>
      void load().then(
        (loaded) => setPart({ loaded }),
        () => undefined,
      ),
    [load],
  )
  const missing = part === null
  useEffect(() => {
    if (!missing) return
    for (const event of beginnings) document.addEventListener(event, loadNow)
    return () => beginnings.forEach((event) => document.removeEventListener(event, loadNow))
  }, [missing, loadNow])
  return [part && part.loaded, loadNow]
}
