'use client'

import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import { useState, useTransition } from 'react'
import type { ChosenEndpoint, InstanceOption, ShapeSettings } from '@/lib/flows/shape-views'

export type Choice = {
  instance: InstanceOption | null
  endpoint: Pick<ChosenEndpoint, 'id' | 'name' | 'httpMethod'> | null
}

/**
 * Writes the choice into the address, so that it survives a reload and can be sent to a colleague. It is shown
 * immediately; `arriving` is true until its settings have arrived from the server.
 */
export function useChoice(settings: ShapeSettings) {
  const router = useRouter()
  const pathname = usePathname()
  const search = useSearchParams()
  const [arriving, startTransition] = useTransition()
  const [made, setMade] = useState<Choice | null>(null)
  const choose = (choice: Choice) => {
    chooseIds({ instance: choice.instance?.id ?? null, endpoint: choice.endpoint?.id ?? null })
    setMade(choice)
  }
  /** Null means the stored one. */
  const chooseIds = (ids: Record<'instance' | 'endpoint', string | null>) => {
    setMade(null)
    const next = new URLSearchParams(search)
    next.set('shape', settings.id)
    for (const key of ['instance', 'endpoint'] as const) {
      const id = ids[key]
      if (id === null) next.delete(key)
      else next.set(key, id)
    }
    startTransition(() => router.replace(`${pathname}?${next}`, { scroll: false }))
  }
  const choice: Choice = arriving && made ? made : settings
  return { choice, arriving, choose, chooseIds }
}
