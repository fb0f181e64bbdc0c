'use client'

import { useEffect, useState } from 'react'

/** Goes to another site once the page no longer asks about unsaved changes. */
export function useLeaving(): { leaving: boolean; leaveFor: (address: string) => void } {
  const [address, setAddress] = useState<string | null>(null)
  useEffect(() => {
    if (address !== null) window.location.assign(address)
  }, [address])
  return { leaving: address !== null, leaveFor: setAddress }
}
