import { authenticationTypeDefinitions } from '@/lib/domain/authentication/registry'
import { checkInstance } from '@/lib/verification/check-instance'
import {
  acmeBasicValues,
  acmeConnector,
  acmeEndpoint,
  acmeInstance,
  acmeMethod,
  type Acme,
} from '@/tests/support/acme-builders'
import { anActor } from '@/tests/support/builders'
import { badResponses } from '@/tests/sandbox/misbehaving/bad-responses'
import { methodOf } from '@/tests/support/method-builders'
import { sendEndpointRequest } from '@/tests/support/send-endpoint-request'
import { startServer } from '../calls/start-server'

/** Calls of one instance in this process to a third party in another one. */
export type Calls = {
  good: () => Promise<void>
  /** By the name of the bad response. */
  bad: (name: string) => Promise<void>
  /** The same as the response of a test request, in which a path is searched. */
  badTest: (name: string) => Promise<void>
  stop: () => void
}

/** Responses that are parsed differently if they are not only shown. */
export const badTests = [
  ...['small-nested-lists', 'many-records', 'many-keys', 'unicode-escapes', 'deep-xml', 'many-attributes'],
  ...['many-elements', 'small-many-elements', 'many-pairs', 'form-garbage', 'near-secrets', 'repeated-secret'],
]

export async function startCalls(): Promise<Calls> {
  const sandbox = await startServer('../hostile/sandbox')
  const actor = await anActor('user')
  const acme = await acmeConnector(actor.workspaceId, sandbox.url)
  const method = await acmeMethod(acme, 'basic')
  const { id: instanceId } = await acmeInstance(acme, method, acmeBasicValues)
  const endpointFor = async (path: string) => (await acmeEndpoint(acme, method, path)).id
  const good = await endpointFor('/orders')
  const bad = new Map<string, string>()
  for (const { name } of badResponses) bad.set(name, await endpointFor(`/misbehaving/${name}`))
  const tested = new Map<string, string>()
  for (const name of badTests) tested.set(name, (await instanceTestedBy(acme, `/misbehaving/${name}`)).id)
  const call = async (endpointId: string, timeoutSeconds: number) => {
    await sendEndpointRequest(actor, { instanceId, endpointId, values: {}, filters: {}, timeoutSeconds })
  }
  const isEndless = (name: string) => badResponses.some((row) => row.name === name && row.isEndless)
  return {
    good: () => call(good, 60),
    bad: (name) => call(bad.get(name)!, isEndless(name) ? 1 : 120),
    badTest: async (name) => void (await checkInstance(actor, { instanceId: tested.get(name)! })),
    stop: sandbox.stop,
  }
}

async function instanceTestedBy(acme: Acme, url: string) {
  const phase = { kind: 'verify', step: 0, httpMethod: 'GET', url, successRule: { jsonPath: '$.id' } } as const
  const options = authenticationTypeDefinitions.basic.defaultOptions
  return acmeInstance(
    acme,
    await methodOf(acme, 'basic', { options, phases: [phase], timeoutSeconds: 120 }),
    acmeBasicValues,
  )
}
