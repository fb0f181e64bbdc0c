/** How long a request can be repeated with the same `Idempotency-Key` (DATA §14). */
export const repeatableMs = 24 * 60 * 60 * 1000
