/** A vendor's error: sent as `{ "error": { "code", "message" } }`. */
export class ApiFaultError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly headers: Record<string, string> = {},
  ) {
    super(message)
  }
}

export function asFault(error: unknown): ApiFaultError {
  return error instanceof ApiFaultError ? error : new ApiFaultError(500, 'internal_error', (error as Error).message)
}
