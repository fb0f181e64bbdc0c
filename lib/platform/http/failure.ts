import type { ErrorCode } from '@/lib/domain/errors'
import type { Refusal } from '@/lib/domain/result'

/**
 * Carries a refusal through code that can only throw (the connection pool, streams). Readers of a response's body get it
 * as the error of the stream.
 */
export class SendFailure extends Error {
  override name = 'SendFailure'
  readonly refusal: Refusal
  constructor(code: ErrorCode, message: string) {
    super(message)
    this.refusal = { code, message }
  }
}
