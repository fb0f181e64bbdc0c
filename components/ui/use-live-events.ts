'use client'

import { useEffect, useEffectEvent, useState } from 'react'

const shortestWaitMs = 5_000
const longestWaitMs = 5 * 60_000

/**
 * Receives events from the server (lib/platform/live) while the page is visible. A hidden tab closes its stream, so
 * that the connection is free for other tabs. The browser reconnects by itself after an interruption; after a refusal
 * by the server, this hook does.
 * @param url includes the state of the page, and a new URL opens a new stream; null opens none
 * @returns whether the stream is open
 */
export function useLiveEvents(url: string | null, onEvent: (data: unknown) => void): boolean {
  const [isOpen, setOpen] = useState(false)
  const receive = useEffectEvent((data: string) => onEvent(JSON.parse(data)))
  useEffect(() => {
    if (url === null) return
    let source: EventSource | null = null
    let timer: ReturnType<typeof setTimeout> | undefined
    let waitMs = shortestWaitMs

    const close = () => {
      clearTimeout(timer)
      source?.close()
    }
    const open = () => {
      const opened = new EventSource(url)
      source = opened
      opened.addEventListener('open', () => {
        waitMs = shortestWaitMs
        setOpen(true)
      })
      opened.addEventListener('changed', ({ data }: MessageEvent<string>) => receive(data))
      opened.addEventListener('error', () => {
        setOpen(false)
        if (opened.readyState !== EventSource.CLOSED) return
        timer = setTimeout(open, waitMs)
        waitMs = Math.min(longestWaitMs, waitMs * 2)
      })
    }
    const look = () => {
      close()
      setOpen(false)
      if (!document.hidden) open()
    }
    if (!document.hidden) open()
    document.addEventListener('visibilitychange', look)
    return () => {
      document.removeEventListener('visibilitychange', look)
      close()
    }
  }, [url])
  return isOpen && url !== null
}
