'use client'

import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import { useEffect, useId, useSyncExternalStore, useTransition } from 'react'

type Changes = Record<string, string | null>

/**
 * The state of a list is in the address. Changing a filter or the order goes back to the first page. `trail` has the
 * cursors of the previous pages.
 */
export function useListParams() {
  const id = useId()
  const router = useRouter()
  const pathname = usePathname()
  const search = useSearchParams()
  const [pending, startTransition] = useTransition()
  const latest = useSyncExternalStore(watchRequested, latestRequested, noneOnTheServer)

  useEffect(() => {
    // The requested list is shown, or another page instead.
    if (!pending) forgetRequestOf(id)
  }, [pending, search, id])
  useEffect(() => () => forgetRequestOf(id), [id])

  const hrefWith = (changes: Changes) => {
    // A cursor belongs to the list that is shown.
    const query = latest?.pathname === pathname && !changes.after ? latest.query : String(search)
    return hrefOf(pathname, changedQuery(query, changes))
  }
  const change = (changes: Changes) => {
    // A timer may call this after the address has changed.
    const shown = window.location
    const query = requested?.pathname === shown.pathname ? requested.query : shown.search
    const next = { by: id, pathname: shown.pathname, query: changedQuery(query, changes) }
    noteRequested(next)
    startTransition(() => router.replace(hrefOf(next.pathname, next.query), { scroll: false }))
  }

  return { get: (key: string) => search.get(key) ?? '', hrefWith, change, pending }
}

function changedQuery(query: string, changes: Changes): string {
  const next = new URLSearchParams(query)
  if (!('after' in changes)) for (const key of ['after', 'trail']) next.delete(key)
  for (const [key, value] of Object.entries(changes)) {
    if (value === null || value === '') next.delete(key)
    else next.set(key, value)
  }
  return next.toString()
}

function hrefOf(pathname: string, query: string): string {
  return query === '' ? pathname : `${pathname}?${query}`
}

/** `by` is the control that requested it. */
type Requested = { by: string; pathname: string; query: string }

/**
 * The list that was requested last, until it is shown. All controls of a page share it: a second filter that is changed
 * before the first one is shown would otherwise be added to the old address, and the first one would be lost.
 */
let requested: Requested | null = null
const watchers = new Set<() => void>()

const latestRequested = () => requested
const noneOnTheServer = () => null

function watchRequested(onChange: () => void): () => void {
  watchers.add(onChange)
  return () => watchers.delete(onChange)
}

function noteRequested(next: Requested | null): void {
  requested = next
  for (const onChange of watchers) onChange()
}

function forgetRequestOf(id: string): void {
  if (requested?.by === id) noteRequested(null)
}
