'use client'

import { useEffect, useSyncExternalStore } from 'react'

/** Code that a page does not need for its first rendering. */
export type LazyPart<Part> = {
  /** Null until it is loaded. */
  get: () => Part | null
  /** Loads it unless it is loaded or loading. Rejects when that fails; the next call tries again. */
  load: () => Promise<void>
  subscribe: (changed: () => void) => () => void
}

/** Parts that are declared but neither loaded nor loading. */
const missing = new Set<LazyPart<unknown>>()
let isPageUsed = false

/**
 * Declares code that is loaded when a person begins to use the page. The page itself loads faster without it, and the
 * code is still available when it is needed, even if the connection is lost by then.
 */
export function lazyPart<Part>(load: () => Promise<Part>): LazyPart<Part> {
  let loaded: Part | null = null
  let loading: Promise<void> | null = null
  const listeners = new Set<() => void>()
  const part: LazyPart<Part> = {
    get: () => loaded,
    load: () => {
      missing.delete(part)
      loading ??= load().then(
        (now) => {
          loaded = now
          listeners.forEach((changed) => changed())
        },
        (error: unknown) => {
          loading = null
          missing.add(part)
          throw error
        },
      )
      return loading
    },
    subscribe: (changed) => {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
  }
  missing.add(part)
  if (isPageUsed) loadMissing()
  return part
}

function loadMissing(): void {
  // A failure needs no message yet: the part is loaded again, with a message on failure, when it is needed.
  for (const part of missing) part.load().catch(() => undefined)
}

/** Loads the missing parts when a person begins to use the page. After a failure, a key or a click tries again. */
export function useLoadingOnUse(): void {
  useEffect(() => {
    const use = () => {
      isPageUsed = true
      document.removeEventListener('pointermove', use)
      loadMissing()
    }
    const events = ['pointerdown', 'pointermove', 'keydown', 'input', 'click']
    for (const event of events) document.addEventListener(event, use)
    return () => events.forEach((event) => document.removeEventListener(event, use))
  }, [])
}

/** @returns null until the part is loaded */
export function usePart<Part>(part: LazyPart<Part>): Part | null {
  return useSyncExternalStore(part.subscribe, part.get, () => null)
}
