'use client'

import { lazyPart, usePart } from '@/components/ui/lazy-part'
import { Spinner } from '@/components/ui/spinner'
import { useOpenPart } from '@/components/ui/use-open-part'

const tokenTabPart = lazyPart(() => import('@/components/authentication-methods/token/token-tab'))

const nothingCloses = () => undefined

/** *Token* is the largest tab, and seldom the first that is looked at. */
export function TokenTabOnUse({ isInFront }: { isInFront: boolean }) {
  const loaded = usePart(tokenTabPart)
  useOpenPart(tokenTabPart, isInFront, nothingCloses)
  return loaded ? <loaded.TokenTab /> : <Spinner label="Loading" />
}
