import 'server-only'
import { callEndpoint } from '@/lib/calls/call-endpoint'
import { reportExchange } from '@/lib/calls/report-exchange'
import { succeed } from '@/lib/domain/result'
import { operation, type Context } from '@/lib/operations/operation'
import { flushRequestLog } from '@/lib/request-log/record'
import { checkEntered } from './check-entered'
import { findCalledEndpoint } from './find-called-endpoint'
import { idsOfEntered } from './ids-of-entered'
import { callWithReportSchema } from './schema'
import { callReport, type CallReport } from './views'

/** Calls an endpoint, as every call does, and reports it with secrets redacted: for agents, which read the response. */
export const callWithReport = operation({
  name: 'call_with_report',
  permission: 'run',
  restrictedKeys: 'allowed',
  callOnlyKeys: 'allowed',
  input: callWithReportSchema,
  output: callReport,
  run: async (context, { instanceId, endpointId, ...given }) => {
    const found = await findCalledEndpoint(context, { instanceId, endpointId })
    if (!found.ok) return found
    const { endpoint } = found.value
    const entered = idsOfEntered(endpoint, given)
    if (!entered.ok) return entered
    const checked = checkEntered(endpoint, entered.value)
    if (!checked.ok) return checked
    const called = await callEndpoint(context.actor, { instanceId, endpointId, ...entered.value, readsWhole: true })
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
