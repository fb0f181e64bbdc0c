'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { InstanceTab } from '@/components/instances/instance-draft'

/**
 * The tab in front, named in the address. It changes at once; the page is read again only for the timeline, which is
 * read no sooner.
 */
export function useTabInAddress(first: InstanceTab): [InstanceTab, (next: InstanceTab) => void] {
  const [tab, setTab] = useState(first)
  const router = useRouter()
  const choose = (next: InstanceTab) => {
    setTab(next)
    if (next === 'timeline') router.replace(`?tab=${next}`, { scroll: false })
    else window.history.replaceState(null, '', `?tab=${next}`)
  }
  return [tab, choose]
}
