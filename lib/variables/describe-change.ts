import type { Variable } from '@/lib/platform/db/generated/client'
import type { VariableInput } from './schema'

type Flag = { from: string | boolean; to: string | boolean }

const told = [
  'key',
  'displayName',
  'alias',
  'required',
  'configurable',
  'advanced',
  'secret',
  'inputKind',
  'pattern',
] as const

/**
 * What an edit changed, for the audit log. Of a default only that it changed: a credential may have been typed there by
 * mistake.
 */
export function describeChange(before: Variable, after: VariableInput): Record<string, Flag | string> {
  const changes: Record<string, Flag | string> = {}
  for (const field of told) {
    if (before[field] !== after[field]) changes[field] = { from: before[field], to: after[field] }
  }
  if (before.defaultValue !== after.defaultValue)
    changes.defaultValue = after.defaultValue === '' ? 'removed' : before.defaultValue === '' ? 'set' : 'replaced'
  if (before.helpText !== after.helpText) changes.helpText = 'changed'
  if (JSON.stringify(before.options) !== JSON.stringify(after.options)) changes.options = 'changed'
  return changes
}
