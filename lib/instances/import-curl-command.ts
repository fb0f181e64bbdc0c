import 'server-only'
import { succeed, type Result } from '@/lib/domain/result'
import { curlCommand } from '@/lib/imports/curl/may-be-curl'
import { installConnector } from '@/lib/imports/install-connector'
import { planCurl, type PlannedCurl } from '@/lib/imports/plan-curl'
import { operation, type Context } from '@/lib/operations/operation'
import { createInstance } from './create-instance'
import { importCurlCommandSchema } from './curl-import-schema'
import { curlImport, type CurlImport } from './curl-import-views'

/**
 * Adds a connector with the method and the endpoint of a curl command, in one transaction, and then an instance with its
 * credentials. Rejected credentials are not stored (rule R6): the connector stays, and the result says why there is no
 * instance.
 */
export const importCurlCommand = operation({
  name: 'import_curl_command',
  permission: 'change',
  input: importCurlCommandSchema,
  output: curlImport,
  run: async (context, { command, name, instanceName, timeZone }): Promise<Result<CurlImport>> => {
    const planned = planCurl(command)
    if (!planned.ok) return planned
    const { plan, mapping } = planned.value
    const details = name === '' ? plan.details : { ...plan.details, name }
    const added = await installConnector(context, {
      ...{ plan: { ...plan, details }, format: curlCommand, report: mapping.report() },
    })
    if (!added.ok) return added
    const { id } = added.value
    if (instanceName === '') return succeed({ id, instanceId: null, verified: false, problem: null })
    return succeed({ id, ...(await addInstance(context, id, planned.value, { name: instanceName, timeZone })) })
  },
})

async function addInstance(
  { actor, db }: Context,
  connectorId: string,
  { mapping }: PlannedCurl,
  named: { name: string; timeZone: string },
): Promise<Omit<CurlImport, 'id'>> {
  const method = await db.authenticationMethod.findFirstOrThrow({
    where: { connectorId },
    select: { id: true, variables: { select: { id: true, key: true } } },
  })
  const values = method.variables.flatMap(({ id, key }) => {
    const value = mapping.values.get(key)
    return value === undefined ? [] : [[id, value] as const]
  })
  const created = await createInstance(actor, {
    ...{ connectorId, methodId: method.id, values: Object.fromEntries(values), certificate: { kind: 'keep' } },
    details: {
      ...{ ...named, dateFormat: '', rateLimitAmount: null, rateLimitUnit: null, maxConcurrent: null },
      ...{ externalId: '', labels: [] },
    },
    withoutVerifying: true,
  })
  if (!created.ok) return without(created.error.message)
  if (created.value.kind === 'unverified') return without(created.value.report.message)
  const { instanceId } = created.value
  return created.value.kind === 'saved'
    ? { instanceId, verified: created.value.verified, problem: created.value.problem }
    : { instanceId, verified: false, problem: null }
}

function without(problem: string): Omit<CurlImport, 'id'> {
  return { instanceId: null, verified: false, problem }
}
