import 'server-only'
import { refuse } from '@/lib/domain/result'
import { readCatalogue } from './read-catalogue'

export const unknown = () =>
  refuse('not_found', 'There is no such ready-made connector. Reload the page to see those there are.')

export async function presetCalled(key: string) {
  return (await readCatalogue()).find((preset) => preset.key === key)
}
