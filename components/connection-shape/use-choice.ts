'use client'

import { usePathname, useRouter, useSearchParams } from 'next/navigation'

/** Writes the choice into the address, so that it survives a reload and can be sent to a colleague. */
export function useChoice() {
  const router = useRouter()
  const pathname = usePathname()
  const search = useSearchParams()
  return (choice: Record<'instance' | 'endpoint', string | null>) => {
    const next = new URLSearchParams(search)
    for (const [key, value] of Object.entries(choice)) {
      if (value === null) next.delete(key)
      else next.set(key, value)
    }
    router.replace(`${pathname}?${next}`, { scroll: false })
  }
}
