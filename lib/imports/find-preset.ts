import 'server-only'
import { refuse } from '@/lib/domain/result'
import { readCatalogue } from './read-catalogue'

export const unknown = () =>
  refuse('not_found', 'This ready-made connector does not exist. Reload the page to see the current list.')

export async function presetCalled(key: string) {
  return (await readCatalogue()).find((preset) => preset.key === key)
}
