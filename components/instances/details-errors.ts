import type { DetailsDraft } from '@/components/instances/details-draft'
import { instanceDetailsSchema } from '@/lib/instances/schema'
import { fieldErrorsOf } from '@/lib/platform/forms/form-state'

/** The errors in the details of an instance, by field. */
export function detailsErrors(draft: DetailsDraft): Record<string, string> {
  const parsed = instanceDetailsSchema.safeParse(draft)
  return parsed.success ? {} : fieldErrorsOf(parsed.error)
}
