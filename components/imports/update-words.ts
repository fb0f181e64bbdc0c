import type { ImportItemView } from '@/lib/imports/import-views'
import type { Tone } from '@/components/ui/status-badge'

type Change = NonNullable<ImportItemView['change']>

export const changeLabels: Record<Change, string> = {
  added: 'Added',
  changed: 'Changed',
  moved: 'Moved',
  removed: 'Removed',
  left_out: 'Left out before',
  same: 'Unchanged',
}

export const changeTones: Record<Change, Tone> = {
  added: 'ok',
  changed: 'info',
  moved: 'info',
  removed: 'bad',
  left_out: 'neutral',
  same: 'neutral',
}

const fieldNames: Record<string, string> = {
  name: 'Name',
  url: 'URL',
  method: 'HTTP method',
  entityType: 'Entity type',
  description: 'Description',
  direction: 'Direction',
  body: 'Body',
  bodyFormat: 'Body format',
  dataPath: 'Data path',
  deprecated: 'Deprecated',
  documentationUrl: 'Documentation',
  pagination: 'Pagination',
  variables: 'Variables',
  parameters: 'Parameters',
  accepts: 'Authentication methods',
  scopes: 'Scopes',
  requestSchema: 'Request schema',
  responseSchema: 'Response schema',
  baseUrl: 'Base URL',
  versionLabel: 'Version',
  allowedHosts: 'Allowed hosts',
  requests: 'Requests',
  options: 'Options',
}

/** The name of a field for people: `Parameters › query limit › required`. */
export function fieldName([first = '', ...rest]: readonly string[]): string {
  return [fieldNames[first] ?? first, ...rest].join(' › ')
}
