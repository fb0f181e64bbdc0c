import type { ChangeEvent } from '@/lib/activity/timeline/views'

/** The quoted name, such as “OAuth 2”, to follow the description of the change. */
export function changedObject({ objectName }: ChangeEvent): string {
  return objectName === '' ? '' : `“${objectName}”`
}
