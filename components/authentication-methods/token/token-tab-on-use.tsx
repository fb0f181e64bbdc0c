'use client'

import { lazyPart } from '@/components/ui/lazy-part'
import { Spinner } from '@/components/ui/spinner'
import { useWantedPart } from '@/components/ui/use-open-part'

const tokenTabPart = lazyPart(() => import('@/components/authentication-methods/token/token-tab'))

/** *Token* is the largest tab, and seldom the first that is looked at. */
export function TokenTabOnUse({ isInFront }: { isInFront: boolean }) {
  const loaded = useWantedPart(tokenTabPart, isInFront)
  return loaded ? <loaded.TokenTab /> : <Spinner label="Loading" />
}
