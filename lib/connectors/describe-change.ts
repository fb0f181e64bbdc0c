import type { Connector } from '@/lib/platform/db/generated/client'
import type { CreateConnector } from './schema'

const told = [
  'name',
  'versionLabel',
  'systemType',
  'baseUrl',
  'dateFormat',
  'rateLimitAmount',
  'rateLimitUnit',
  'documentationUrl',
  'colour',
] as const
type Told = Pick<Connector, (typeof told)[number] | 'description' | 'allowedHosts'>

/** What an edit of the basic details changed, for the audit log. */
export function describeChange(before: Told, after: Told, icon: CreateConnector['icon']) {
  const changes: Record<string, string | { from: string | number | null; to: string | number | null }> = {}
  for (const field of told) {
    if (before[field] !== after[field]) changes[field] = { from: before[field], to: after[field] }
  }
  if (before.description !== after.description) changes.description = 'changed'
  const [hadHosts, hasHosts] = [before.allowedHosts.join(', '), after.allowedHosts.join(', ')]
  if (hadHosts !== hasHosts) changes.allowedHosts = { from: hadHosts, to: hasHosts }
  if (icon !== 'keep') changes.icon = icon === 'remove' ? 'removed' : 'replaced'
  return changes
}
