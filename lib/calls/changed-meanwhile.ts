import type { Refusal } from '@/lib/domain/result'

/** What a request was made from is no longer so: it is made again, or refused in the end. */
export const changedMeanwhile: Refusal = {
  code: 'changed_by_someone_else',
  message: 'The settings of this instance were changed while the request was made. Send it again.',
}
