import type { ShownStatus } from '@/lib/domain/vocabulary'
import type { ShapeState } from './views'

type ShapeFacts = {
  instance: { status: ShownStatus } | null
  endpoint: object | null
  accepted: boolean
  /** The API refused the latest request of this shape, with this instance and endpoint, with 403. */
  forbidden: boolean
}

/**
 * Whether a shape can run: an instance and an endpoint are chosen, the endpoint still accepts the instance (rule R3),
 * the instance is usable and not failing, and the latest request was not refused because of a missing scope or
 * permission (PRODUCT §11).
 */
export function shapeState({ instance, endpoint, accepted, forbidden }: ShapeFacts): ShapeState {
  if (!instance || !endpoint) return 'incomplete'
  if (!accepted) return 'endpoint_not_available'
  if (instance.status === 'disabled') return 'instance_disabled'
  if (instance.status === 'awaiting_authorisation' || instance.status === 'needs_authorising_again')
    return 'instance_not_usable'
  if (instance.status === 'failing') return 'instance_failing'
  return forbidden ? 'missing_permission' : 'ready'
}

/** The labels that people see. */
export const shapeStateWords: Record<ShapeState, string> = {
  ready: 'Ready',
  incomplete: 'Choose an instance and an endpoint',
  endpoint_not_available: 'No longer available for this instance',
  instance_not_usable: 'The instance needs authorising',
  instance_failing: 'The instance is failing',
  instance_disabled: 'The instance is disabled',
  missing_permission: 'Missing scope or permission (403)',
}
