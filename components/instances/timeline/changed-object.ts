import type { ChangeEvent } from '@/lib/activity/timeline/views'

/** “OAuth 2”, quoted after what was done. */
export function changedObject({ objectName }: ChangeEvent): string {
  return objectName === '' ? '' : `“${objectName}”`
}
