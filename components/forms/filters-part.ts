'use client'

import { lazyPart, usePart } from '@/components/ui/lazy-part'

/** The filters of templates, with all that they compute: no page needs them before a template is edited. */
export const filtersPart = lazyPart(() => import('@/lib/platform/forms/template-filters'))

/** Tells filters from unknown names; until it can, every name passes for a filter. */
export function useIsFilter(): (name: string) => boolean {
  return usePart(filtersPart)?.isTemplateFilter ?? passes
}

const passes = () => true
