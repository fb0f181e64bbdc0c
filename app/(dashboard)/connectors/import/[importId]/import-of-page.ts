import { cache } from 'react'
import { notFound } from 'next/navigation'
import { may } from '@/lib/domain/access/actor'
import { getImport } from '@/lib/imports/get-import'
import type { ImportView } from '@/lib/imports/import-views'
import { requireActor } from '@/lib/platform/session/actor'

/** The import in the address, read once per request. It does not exist for people who cannot import. */
export const importOfPage = cache(async (importId: string): Promise<ImportView> => {
  const actor = await requireActor()
  const found = await getImport(actor, { importId })
  if (!found.ok || !may(actor, 'change')) notFound()
  return found.value
})
