'use client'

import { useEffect } from 'react'
import { loadForMessages } from '@/components/ui/toast'
import { useLoadedOnUse } from '@/components/ui/use-loaded-on-use'

const loadMessages = () => import('@/components/ui/toast-messages')

/** Where messages appear. */
export function Toaster() {
  const [loaded, loadNow] = useLoadedOnUse(loadMessages)
  useEffect(() => loadForMessages(loadNow), [loadNow])
  return loaded && <loaded.ToastMessages />
}
