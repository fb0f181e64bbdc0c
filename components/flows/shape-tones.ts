import type { ShapeState } from '@/lib/flows/views'

/** The colours of a shape's state. */
export const shapeTones = {
  ready: 'ok',
  incomplete: 'neutral',
  endpoint_not_available: 'bad',
  instance_not_usable: 'warn',
  instance_failing: 'bad',
  instance_disabled: 'warn',
  missing_permission: 'warn',
} as const satisfies Record<ShapeState, string>
