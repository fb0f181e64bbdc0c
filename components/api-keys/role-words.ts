import type { Role } from '@/lib/domain/access/roles'

/** What a key with the role may do. */
export const roleWords: Record<Role, string> = {
  read_only: 'Sees connectors, instances without their secrets, flows and activity.',
  user: 'Calls endpoints, runs flows and tests instances, and sees what a read-only key sees.',
  manager: 'Creates and changes connectors, instances and flows, and does what a user does.',
  administrator: 'Manages people, API keys and settings, and does what a manager does.',
}
