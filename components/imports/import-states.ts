import type { Tone } from '@/components/ui/status-badge'
import type { ImportView } from '@/lib/imports/import-views'

type State = ImportView['state']

const labels: Record<State, string> = {
  uploading: 'Uploading',
  waiting: 'Waiting',
  reading: 'Reading',
  ready: 'Ready to import',
  compared: 'Compared',
  importing: 'Importing',
  imported: 'Imported',
  failed: 'Failed',
  cancelled: 'Cancelled',
}

/** The state of an import for people. */
export function importStateLabel({ state, updatedConnector }: Pick<ImportView, 'state' | 'updatedConnector'>): string {
  return state === 'ready' && updatedConnector ? 'Ready to update' : labels[state]
}

export const importStateTones: Record<State, Tone> = {
  uploading: 'info',
  waiting: 'info',
  reading: 'info',
  ready: 'ok',
  compared: 'ok',
  importing: 'info',
  imported: 'ok',
  failed: 'bad',
  cancelled: 'neutral',
}

/** What an import is called before its document is read, and afterwards. */
export function importTitle({
  name,
  source,
  sourceName,
  updatedConnector,
}: Pick<ImportView, 'name' | 'source' | 'sourceName' | 'updatedConnector'>): string {
  if (updatedConnector) return `Update ${updatedConnector.name}`
  return name || sourceName || (source === 'text' ? 'Pasted document' : 'Document')
}

/** Whether a job is at work, so that the page changes by itself. */
export const isUnderWay = (state: State) => ['uploading', 'waiting', 'reading', 'importing'].includes(state)
