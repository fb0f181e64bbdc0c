import 'server-only'
import { callEndpoint } from '@/lib/calls/call-endpoint'
import { reportExchange } from '@/lib/calls/report-exchange'
import { succeed } from '@/lib/domain/result'
import { operation, type Context } from '@/lib/operations/operation'
import { StreamedBody } from '@/lib/platform/http/streamed-body'
import { flushRequestLog } from '@/lib/request-log/record'
import { callWithReportSchema } from './schema'
import { callReport, type CallReport } from './views'

/** An agent waits for the result. */
const mostWaitMs = 60_000

/** Calls an endpoint, as every call does, and reports it with secrets redacted: for agents, which read the response. */
export const callWithReport = operation({
  name: 'call_with_report',
  permission: 'run',
  restrictedKeys: 'allowed',
  callOnlyKeys: 'allowed',
  input: callWithReportSchema,
  output: callReport,
  run: async (context, { body, contentType, ...target }) => {
    const sent = body === null ? null : StreamedBody.of(Buffer.from(body))
    const called = await callEndpoint(context.actor, {
      ...target,
      isFromProgram: true,
      readsWhole: true,
      mostWaitMs,
      ...(sent && { content: { headers: [['content-type', contentType]], body: sent } }),
    })
    if (!called.ok) return called
    const report = await reportExchange(called.value)
    if (!report.ok) return report
    return succeed({ ...report.value, logged: await lineOf(context, report.value.correlationId) })
  },
})

/** The line of the last request of the call: after a renewed token there are several. */
async function lineOf({ db }: Context, correlationId: string): Promise<CallReport['logged']> {
  await flushRequestLog()
  const line = await db.requestLog.findFirst({
    where: { correlationId, purpose: 'endpoint' },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    select: { id: true, at: true },
  })
  return line && { id: line.id, at: line.at.toISOString() }
}
