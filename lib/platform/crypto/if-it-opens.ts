import 'server-only'
import { refuse, type Result } from '@/lib/domain/result'
import { UnsealError } from './seal'

/**
 * A value sealed with a missing key cannot be used. This is a refusal, which a person can act on, not a crash.
 */
export async function ifItOpens<Value>(what: string, work: () => Promise<Result<Value>>): Promise<Result<Value>> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof UnsealError)) throw error
    return refuse(
      'key_unknown',
      `${what} cannot be opened: it was sealed with an encryption key that this server no longer has, or was copied from elsewhere. Nothing was sent. An administrator of the server can add the key to PATCHBAY_ENCRYPTION_KEYS.`,
    )
  }
}
