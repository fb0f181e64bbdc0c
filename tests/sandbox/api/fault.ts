/** A vendor's refusal: answered as `{ "error": { "code", "message" } }`. */
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
