import type { InstanceStatus } from './vocabulary'

/** The statuses in which a person has to do something before calls work again. */
export const failingStatuses = ['failing', 'needs_authorising_again'] as const satisfies readonly InstanceStatus[]

export function isFailing(status: InstanceStatus): boolean {
  return (failingStatuses as readonly InstanceStatus[]).includes(status)
}
