import 'server-only'
import pino from 'pino'
import { env } from '@/lib/platform/env'

/** Fields with secrets, in any object. Secrets are never logged on purpose; this is the safety net. */
const secretFields = [
  'password',
  'passphrase',
  'secret',
  'client_secret',
  'clientSecret',
  'token',
  'access_token',
  'accessToken',
  'refresh_token',
  'refreshToken',
  'id_token',
  'code',
  'code_verifier',
  'state',
  'keyPem',
  'authorization',
  'cookie',
  'set-cookie',
  'value',
  'values',
  'sealedValue',
  'keyHash',
  'tokenHash',
]

function createLogger() {
  return pino({
    level: env().PATCHBAY_LOG_LEVEL,
    base: { pid: process.pid },
    redact: {
      paths: secretFields.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`]),
      censor: '[removed]',
    },
    serializers: { error: describeError },
  })
}

/** The error without the fields that libraries add: a database error quotes the row, a request error the headers. */
export function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { message: 'not an error object' }
  const { name, message, stack, cause } = error
  const { code } = error as { code?: unknown }
  return {
    name,
    message,
    stack,
    ...(typeof code === 'string' ? { code } : {}),
    ...(cause instanceof Error ? { cause: describeError(cause) } : {}),
  }
}

let current: pino.Logger | undefined

/** The log of the process, JSON lines on the standard output. Log errors in the field `error`. */
export function logger(): pino.Logger {
  return (current ??= createLogger())
}
