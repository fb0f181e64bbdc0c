import { shapeStateWords } from '@/lib/flows/shape-state'
import type { ShapeNode } from '@/lib/flows/views'

/** All that a shape's card shows, as its accessible name says it. */
export function shapeWords({ name, endpoint, instance, state }: ShapeNode): string {
  return [name, endpoint?.httpMethod, endpoint?.name, instance?.name, state !== 'ready' && shapeStateWords[state]].filter(Boolean).join(' ')
}
