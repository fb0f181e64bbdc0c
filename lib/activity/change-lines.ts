import { recordedChanges } from '@/lib/domain/history/field-change'
import { changeWords } from './change-words'
import { earlierChangeLines } from './earlier-change-lines'

/** The changes of a row of the audit log, one sentence for each field. */
export function changeLines(changes: unknown): string[] {
  const recorded = recordedChanges.safeParse(changes)
  if (!recorded.success) return earlierChangeLines((changes ?? {}) as Record<string, unknown>)
  const { fields, more } = recorded.data
  return [...fields.map(changeWords), ...(more ? [`… and ${more.toLocaleString('en-GB')} more`] : [])]
}
