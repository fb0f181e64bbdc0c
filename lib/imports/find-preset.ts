import 'server-only'
import { refuse } from '@/lib/domain/result'
import { planDocument } from './plan-document'
import { presetHash } from './preset-hash'
import { readCatalogue } from './read-catalogue'

export const unknown = () =>
  refuse('not_found', 'This ready-made connector does not exist. Reload the page to see the current list.')

export async function presetCalled(key: string) {
  return (await readCatalogue()).find((preset) => preset.key === key)
}

/** The SHA-256 of a ready-made connector as it is now; null if it does not exist any more. */
export async function currentPresetHash(key: string): Promise<string | null> {
  const preset = await presetCalled(key)
  const plan = preset && planDocument(preset.document)
  return plan?.ok ? presetHash(plan.value) : null
}
