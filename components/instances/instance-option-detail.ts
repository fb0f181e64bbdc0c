import type { InstanceOption } from '@/lib/flows/shape-views'

/** What a list of instances shows next to the name. */
export function instanceOptionDetail({ methodName, status }: Pick<InstanceOption, 'methodName' | 'status'>): string {
  return status === 'disabled' ? `${methodName} · Disabled` : methodName
}
