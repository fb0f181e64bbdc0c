import type { Refusal } from '@/lib/domain/result'

/** The settings changed while the request was being built. It is built again, and refused after several attempts. */
export const changedMeanwhile: Refusal = {
  code: 'changed_by_someone_else',
  message: 'The settings of this instance were changed while the request was being made. Send it again.',
}
