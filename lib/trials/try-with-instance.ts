import 'server-only'
import { callEndpoint } from '@/lib/calls/call-endpoint'
import { exchangeReport } from '@/lib/calls/exchange-report'
import { rememberBriefly } from '@/lib/calls/remember-briefly'
import { reportExchange } from '@/lib/calls/report-exchange'
import { loadCredentials } from '@/lib/credentials/credentials'
import { loadEndpoint } from '@/lib/credentials/load-definitions'
import { notFound } from '@/lib/domain/refusals'
import { causeOf } from '@/lib/exchange/request-context'
import { operation } from '@/lib/operations/operation'
import { flushRequestLog } from '@/lib/request-log/record'
import { pageToTry } from './page-to-try'
import { checkEntered } from './check-entered'
import { tryWithInstanceSchema } from './schema'
import { sendTrial } from './send-trial'

/**
 * *Try it* with an instance: sends the real request of an endpoint that accepts the instance (rule R1), or a test
 * request of its method. The request of an endpoint changes the instance's health like every call (PRODUCT §11).
 */
export const tryWithInstance = operation({
  name: 'try_with_instance',
  permission: 'run',
  input: tryWithInstanceSchema,
  output: exchangeReport,
  run: async ({ actor }, { instanceId, request }) => {
    if (request.kind === 'test_request') {
      const load = rememberBriefly(() => loadCredentials(actor.workspaceId, instanceId))
      const cause = causeOf(actor, 'Test request')
      return sendTrial({ request: { endpoint: null, step: request.step }, load, cause, own: null })
    }
    const endpoint = await loadEndpoint(actor.workspaceId, request.endpointId)
    if (!endpoint) return notFound('endpoint')
    const entered = checkEntered(endpoint, request)
    if (!entered.ok) return entered
    const { endpointId, values, filters } = request
    const page = pageToTry(endpoint, request)
    const called = await callEndpoint(actor, {
      ...{ instanceId, endpointId, values, filters, readsWhole: true },
      page: page?.position,
    })
    const report = called.ok ? await reportExchange(called.value, page) : called
    // The report links to its line in the log, which a click must find.
    await flushRequestLog()
    return report
  },
})
