'use client'

import { lazyPart } from '@/components/ui/lazy-part'

export const rulesPart = lazyPart(() => import('@/components/authentication-methods/method-rules'))
