import { z } from 'zod'
import { statusInWords } from '@/lib/domain/http-status-words'
import { succeed } from '@/lib/domain/result'
import { callWithReport } from '@/lib/trials/call-with-report'
import type { CallReport } from '@/lib/trials/views'
import { beginningWithin, bytesOf, cut } from '../cut'
import { shownHeaders } from '../headers'
import { endpointInput, endpointNamed, instanceInput } from '../named'
import { mostResultBytes } from '../result'
import { tool } from '../tool'

const values = (of: string) => z.record(z.string(), z.string()).default({}).describe(of)

export const callEndpoint = tool({
  name: 'call_endpoint',
  title: 'Call an endpoint',
  description:
    'Sends the real request of an endpoint with the credentials of an instance, and returns the response of the third party, with secrets redacted and shortened. It may change something at the third party. A status of 4xx or 5xx is a result too, not a refusal.',
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: true },
  operations: [callWithReport],
  input: z.strictObject({
    instance: instanceInput,
    endpoint: endpointInput,
    values: values('Values of the endpoint’s variables, by key.'),
    filters: values('Values of its optional parameters, by key (or ID). Those that are left out are not sent.'),
    body: z
      .string()
      .nullable()
      .default(null)
      .describe('A body to send as it is, instead of the one that the endpoint makes of its values.'),
    contentType: z.string().default('application/json').describe('Of the body.'),
  }),
  output: z.strictObject({
    status: z.int(),
    statusText: z.string(),
    concern: z.string().nullable().describe('What the response says about the instance; null: nothing.'),
    headers: z
      .array(z.strictObject({ name: z.string(), value: z.string() }))
      .describe('Those that matter to a caller.'),
    body: z.string().describe('Data of the third party, as text.'),
    bodyBytes: z.int().describe('Of the whole body.'),
    truncated: z
      .boolean()
      .describe('The body is longer than shown. describe_request reads on, as far as the request log has it.'),
    problem: z.string().nullable().describe('Why the body could not be read completely.'),
    recordCount: z.int().nullable(),
    request: z.strictObject({ httpMethod: z.string(), url: z.string() }),
    attempts: z.int(),
    durationMs: z.number(),
    logged: z
      .strictObject({ id: z.string(), at: z.string() })
      .nullable()
      .describe('Of the line in the request log; the input of describe_request.'),
    nextOffset: z.int().nullable().describe('If truncated: the offset of describe_request with which to read on.'),
  }),
  run: async (actor, { values: given, filters, body, contentType, ...named }) => {
    const ids = await endpointNamed(actor, named)
    if (!ids.ok) return ids
    const report = await callWithReport(actor, { ...ids.value, values: given, filters, body, contentType })
    return report.ok ? succeed(shown(report.value)) : report
  },
})

function shown({ request, response, concern, timing, attempts, logged }: CallReport) {
  const { status, problem, recordCount } = response
  const head = {
    ...{ status, statusText: statusInWords(status), concern: concern?.message ?? null },
    headers: shownHeaders(response.headers),
    ...{ bodyBytes: response.bytes, problem, recordCount },
    request: { httpMethod: request.method, url: cut(request.url, 2_000) },
    ...{ attempts, durationMs: Math.round(timing.totalMs), logged },
  }
  const body = beginningWithin(response.body, mostResultBytes - 1_024 - bytesOf(head))
  const truncated = response.truncated || body.length < response.body.length
  return { ...head, body, truncated, nextOffset: truncated ? body.length : null }
}
