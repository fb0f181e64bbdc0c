/** Roles and what they may do (PRODUCT: Roles). Everything else is denied. */

export const roles = ['read_only', 'user', 'manager', 'administrator'] as const
export type Role = (typeof roles)[number]

export const roleLabels: Record<Role, string> = {
  read_only: 'Read-only',
  user: 'User',
  manager: 'Manager',
  administrator: 'Administrator',
}

/** What a person or an API key with the role may do, each sentence complete by itself. */
export const roleDescriptions: Record<Role, string> = {
  read_only: 'Sees connectors, instances without their secrets, flows and activity.',
  user: 'Calls endpoints, runs flows and checks instances, and sees what read-only sees.',
  manager: 'Creates and changes connectors, instances and flows, and does what a user does.',
  administrator: 'Manages people, API keys and settings, and does what a manager does.',
}

/**
 * - `see`: connectors, instances (no secrets), flows, runs
 * - `run`: run and stop flows, *Check now* on an instance
 * - `change`: create and change connectors, instances, flows; test with values typed into a form
 * - `administer`: people, network policy, confirming a new origin
 */
export type Permission = 'see' | 'run' | 'change' | 'administer'

const permissionsOf: Record<Role, readonly Permission[]> = {
  read_only: ['see'],
  user: ['see', 'run'],
  manager: ['see', 'run', 'change'],
  administrator: ['see', 'run', 'change', 'administer'],
}

export function may(role: Role, permission: Permission): boolean {
  return permissionsOf[role].includes(permission)
}
