import { z } from 'zod'
import { succeed } from '@/lib/domain/result'
import { getRequest } from '@/lib/request-log/get-request'
import { getRequestBodies } from '@/lib/request-log/get-request-bodies'
import type { RequestBodies, RequestDetail } from '@/lib/request-log/views'
import { beginningWithin, bytesOf, cut } from '../cut'
import { allHeaders } from '../headers'
import { mostResultBytes } from '../result'
import { reads, tool } from '../tool'

const headers = z.array(z.strictObject({ name: z.string(), value: z.string() }))
const requestBodyBytes = 8 * 1024

export const describeRequest = tool({
  name: 'describe_request',
  title: 'Describe a request',
  description:
    'Shows one line of the request log: what was sent and what came back, with secrets redacted. The log keeps at most 64 KB of a body; read on with offset until nextOffset is null.',
  annotations: reads,
  operations: [getRequest, getRequestBodies],
  input: z.strictObject({
    id: z.string().max(64),
    at: z.string().max(64).describe('The time of the line, exactly as list_requests or call_endpoint returned it.'),
    offset: z.int().min(0).max(1_000_000).default(0).describe('Characters of the response body to leave out.'),
  }),
  output: z.strictObject({
    id: z.string(),
    at: z.string(),
    purpose: z.string(),
    outcome: z.string(),
    subject: z.string(),
    by: z.string().nullable(),
    httpMethod: z.string(),
    url: z.string(),
    status: z.int().nullable(),
    reason: z.string().nullable(),
    error: z.string().nullable(),
    durationMs: z.number(),
    requestHeaders: headers,
    responseHeaders: headers,
    bodiesKept: z.boolean().describe('false: the bodies were deleted; the line is kept longer.'),
    requestBody: z.string(),
    requestBytes: z.int(),
    responseBody: z.string(),
    responseBytes: z.int().describe('Of the whole body as it came.'),
    storedIncomplete: z.boolean().describe('A body was longer than the part that the log keeps.'),
    nextOffset: z.int().nullable(),
  }),
  run: async (actor, { id, at, offset }) => {
    const line = await getRequest(actor, { id, at })
    if (!line.ok) return line
    const bodies = await getRequestBodies(actor, { id, at })
    return bodies.ok ? succeed(shown(line.value, bodies.value, offset)) : bodies
  },
})

function shown(line: RequestDetail, { kept, requestBody, responseBody, truncated }: RequestBodies, offset: number) {
  const { id, at, purpose, outcome, httpMethod, status, reason, errorMessage, durationMs } = line
  const head = {
    ...{ id, at, purpose, outcome, subject: cut(line.subject, 300), by: line.person, httpMethod },
    ...{ url: cut(line.url, 2_000), status, reason, durationMs, error: errorMessage && cut(errorMessage, 1_000) },
    ...{ requestHeaders: allHeaders(line.requestHeaders), responseHeaders: allHeaders(line.responseHeaders) },
    ...{ bodiesKept: kept, requestBody: beginningWithin(requestBody ?? '', requestBodyBytes) },
    ...{ requestBytes: line.requestBytes, responseBytes: line.responseBytes, storedIncomplete: truncated },
  }
  const rest = (responseBody ?? '').slice(offset)
  const part = beginningWithin(rest, mostResultBytes - 1_024 - bytesOf(head))
  return { ...head, responseBody: part, nextOffset: part.length < rest.length ? offset + part.length : null }
}
