import { z } from 'zod'
import { errorCodes } from '@/lib/domain/errors'
import type { Refusal } from '@/lib/domain/result'
import { httpStatusOf } from '@/lib/operations/http-status'

/** Refusals of the API: problem details (RFC 9457). */

export const problemType = 'application/problem+json'

/** `type` identifies the kind of a problem; like the code, it never changes its meaning. */
export const problemSchema = z
  .strictObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().meta({ description: 'What happened, why, and how to fix it.' }),
    code: z.enum(errorCodes),
    field: z.string().optional().meta({ description: 'The first property that is wrong: `details.name`.' }),
    fields: z.record(z.string(), z.string()).optional().meta({ description: 'Each wrong property and its message.' }),
    changedBy: z
      .strictObject({ name: z.string().nullable(), at: z.string() })
      .optional()
      .meta({ description: 'With `changed_by_someone_else`: who changed it last, and when.' }),
    givenRevision: z.int().optional(),
    currentRevision: z.int().optional(),
    strandedFlows: z
      .array(
        z.strictObject({ flowId: z.string(), flowName: z.string(), shapes: z.array(z.record(z.string(), z.string())) }),
      )
      .optional()
      .meta({ description: 'With `confirmation_needed`: the flows that this would break.' }),
    delivery: z.enum(['not_sent', 'unknown']).optional().meta({
      description:
        'With a call that failed: `not_sent` if nothing reached the third party, so that it is safe to repeat; otherwise `unknown`.',
    }),
    report: z
      .record(z.string(), z.union([z.string(), z.number(), z.null()]))
      .optional()
      .meta({ description: 'With `rejected` and `could_not_tell`: the outcome of the test request.' }),
  })
  .meta({ description: 'Why a request was refused (RFC 9457).' })

/** The phrases of RFC 9110 §15 and RFC 6585 for the statuses of refusals. */
const titles: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  410: 'Gone',
  412: 'Precondition Failed',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  428: 'Precondition Required',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
}

/** A refusal of the API, with the headers that belong to it. */
export type ApiRefusal = Refusal & { headers?: Record<string, string>; [extension: string]: unknown }

/** The response of a refusal. Contains nothing that the refusal does not contain. */
export function problemResponse(refusal: ApiRefusal): Response {
  const { status, headers, body } = problemOf(refusal)
  return new Response(body, { status, headers })
}

export type Problem = { status: number; headers: Record<string, string>; body: string }

export function problemOf({ headers, ...refusal }: ApiRefusal): Problem {
  const { code, message, ...more } = refusal
  const status = httpStatusOf[code]
  const problem = {
    type: `urn:patchbay:problem:${code}`,
    title: titles[status] ?? 'Refused',
    status,
    detail: message,
    code,
    ...more,
  }
  return { status, headers: { ...apiHeaders, 'content-type': problemType, ...headers }, body: JSON.stringify(problem) }
}

/** `no-transform`: Next would compress the response and then not know its length. */
export const apiHeaders = {
  'cache-control': 'no-store, no-transform',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
} as const
