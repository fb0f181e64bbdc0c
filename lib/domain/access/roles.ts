/** Roles and what they may do (PRODUCT: Roles). Everything else is denied. */

export const roles = ['read_only', 'user', 'manager', 'administrator'] as const
export type Role = (typeof roles)[number]

export const roleLabels: Record<Role, string> = {
  read_only: 'Read-only',
  user: 'User',
  manager: 'Manager',
  administrator: 'Administrator',
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
