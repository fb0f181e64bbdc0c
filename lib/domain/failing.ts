import type { InstanceStatus, ShownStatus } from './vocabulary'

/** The statuses in which a person has to do something before calls work again. A disabled instance has none of them. */
export const failingStatuses = ['failing', 'needs_authorising_again'] as const satisfies readonly InstanceStatus[]

export function isFailing(status: ShownStatus): boolean {
  return (failingStatuses as readonly ShownStatus[]).includes(status)
}
