'use client'

import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import { useTransition } from 'react'

/**
 * The state of a list is in the address. Changing a filter or the order goes back to the first page. `trail` has the
 * cursors of the previous pages.
 */
export function useListParams() {
  const router = useRouter()
  const pathname = usePathname()
  const search = useSearchParams()
  const [pending, startTransition] = useTransition()

  const hrefWith = (changes: Record<string, string | null>) => {
    const next = new URLSearchParams(search)
    if (!('after' in changes)) for (const key of ['after', 'trail']) next.delete(key)
    for (const [key, value] of Object.entries(changes)) {
      if (value === null || value === '') next.delete(key)
      else next.set(key, value)
    }
    const query = next.toString()
    return query === '' ? pathname : `${pathname}?${query}`
  }
  const change = (changes: Record<string, string | null>) =>
    startTransition(() => router.replace(hrefWith(changes), { scroll: false }))

  return { get: (key: string) => search.get(key) ?? '', hrefWith, change, pending }
}
