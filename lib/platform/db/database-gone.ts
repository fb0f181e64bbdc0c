import 'server-only'

/** Codes of Prisma: not reachable, closed, timed out. */
const goneKinds = new Set(['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout'])
/** Codes of Postgres: it is stopping, has crashed, is starting, or accepts no more connections. */
const goneStates = new Set(['57P01', '57P02', '57P03', '53300'])
const goneCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'EPIPE',
  'ENOTFOUND',
])
/** Messages of pg and its pool, which have no codes. */
const goneWords = /^(Connection terminated|timeout exceeded when trying to connect|timeout expired)/

type Failure = { code?: unknown; message?: unknown; meta?: { driverAdapterError?: { cause?: Cause } } }
type Cause = { kind?: string; originalCode?: string }

/** Whether a query failed because the database cannot be reached, which is temporary; everything else is a bug. */
export function isDatabaseGone(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code, message, meta } = error as Failure
  const cause = meta?.driverAdapterError?.cause
  if (cause) return goneKinds.has(cause.kind ?? '') || goneStates.has(cause.originalCode ?? '')
  return goneCodes.has(String(code)) || goneStates.has(String(code)) || goneWords.test(String(message))
}
