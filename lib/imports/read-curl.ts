import { succeed, type Result } from '@/lib/domain/result'
import { curlCommand } from './curl/may-be-curl'
import { planCurl } from './plan-curl'
import type { ReadSource } from './read-open-api'

/** Plans the connector of a curl command. Credentials in it are not imported, which the report says. */
export function readCurl(source: string): Result<ReadSource> {
  const planned = planCurl(source)
  if (!planned.ok) return { ok: false, error: { ...planned.error, field: 'document' } }
  const { mapping, plan } = planned.value
  const credentials = {
    ...{ kind: 'note' as const, pointer: 'Credentials' },
    message: 'Credentials are not part of a connector. Enter them in a new instance.',
  }
  const report = mapping.report()
  return succeed({ plan, format: curlCommand, report: mapping.values.size > 0 ? [...report, credentials] : report })
}
