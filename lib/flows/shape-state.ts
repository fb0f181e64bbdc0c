import type { InstanceStatus } from '@/lib/domain/vocabulary'
import type { ShapeState } from './views'

type ShapeFacts = { instance: { status: InstanceStatus } | null; endpoint: object | null; accepted: boolean }

/**
 * Whether a shape can run: everything chosen, the endpoint still accepts the instance (rule R3), the instance usable.
 */
export function shapeState({ instance, endpoint, accepted }: ShapeFacts): ShapeState {
  if (!instance || !endpoint) return 'incomplete'
  if (!accepted) return 'endpoint_not_available'
  if (instance.status === 'awaiting_authorisation' || instance.status === 'needs_authorising_again')
    return 'instance_not_usable'
  return 'ready'
}

/** In the words people see. */
export const shapeStateWords: Record<ShapeState, string> = {
  ready: 'Ready',
  incomplete: 'Choose an instance and an endpoint',
  endpoint_not_available: 'No longer available for this instance',
  instance_not_usable: 'The instance needs authorising',
}
