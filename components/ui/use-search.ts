'use client'

import { useRef, useState, useTransition } from 'react'

/** Searches on the server while the person types. Only the response for the latest text is used. */
export function useSearch<Found>(first: Found, find: (text: string) => Promise<Found | null>, delay = 200) {
  const [found, setFound] = useState<{ text: string; value: Found } | null>(null)
  const [pending, startTransition] = useTransition()
  const latest = useRef('')
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const search = (text: string) => {
    latest.current = text
    clearTimeout(timer.current)
    if (text === '') return setFound(null)
    timer.current = setTimeout(
      () =>
        startTransition(async () => {
          const value = await find(text)
          if (value !== null && latest.current === text) setFound({ text, value })
        }),
      delay,
    )
  }
  return {
    found: found?.value ?? first,
    text: found?.text ?? '',
    pending,
    search,
    replace: (value: Found) => setFound({ text: latest.current, value }),
  }
}
