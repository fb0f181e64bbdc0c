'use client'

import { usePathname } from 'next/navigation'
import { useEffect, useRef, useState } from 'react'

/**
 * How many instances are failing. The frame stays while pages change, so it reads the number again with each page, and
 * when the window gets the focus. If the server cannot be reached or the session has ended, nothing happens, so that
 * nobody is interrupted while typing.
 * @param rendered the number from the server, which is used whenever the frame is rendered again
 */
export function useFailingCount(rendered: number): number {
  const pathname = usePathname()
  const [count, setCount] = useState({ rendered, now: rendered })
  if (count.rendered !== rendered) setCount({ rendered, now: rendered })

  const countedAt = useRef(pathname)
  useEffect(() => {
    const leaving = new AbortController()
    const ask = () => {
      void readCount(leaving.signal).then((now) => {
        if (now !== null) setCount((before) => ({ ...before, now }))
      })
    }
    // The first page already has its number.
    if (countedAt.current !== pathname) ask()
    countedAt.current = pathname
    window.addEventListener('focus', ask)
    return () => {
      leaving.abort()
      window.removeEventListener('focus', ask)
    }
  }, [pathname])

  return count.now
}

async function readCount(signal: AbortSignal): Promise<number | null> {
  try {
    // eslint-disable-next-line no-restricted-syntax -- the browser asks its own server; nothing is sent to a third party
    const response = await fetch('/connectors/failing', { signal, redirect: 'error' })
    const counted: unknown = response.ok ? await response.json() : null
    return typeof counted === 'number' ? counted : null
  } catch {
    return null
  }
}
