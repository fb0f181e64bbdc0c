import { afterAll, beforeEach, expect, test } from 'vitest'
import type { PersonActor } from '@/lib/domain/access/actor'
import { known } from '../../sandbox/known'
import { startSandbox } from '../../sandbox/sandbox'
import { acmeConnector, acmeEndpoint, acmeInstance } from '../../support/acme-builders'
import { anActor } from '../../support/builders'
import { testDatabase } from '../../support/database'
import { methodOf } from '../../support/method-builders'
import type { RequestWorker } from '../../support/start-request-worker'
import { twoRequestWorkers } from '../../support/two-request-workers'
import { untilAnotherWaits } from '../../support/token-lease'

/**
 * The first token of an instance is requested once by any number of requests in any number of real processes (DATA §7).
 */

const { sql } = await testDatabase()
const sandbox = await startSandbox()
afterAll(() => sandbox.close())

let job: { actor: PersonActor; instanceId: string; endpointId: string; timeoutSeconds: number }
const workers = twoRequestWorkers()

beforeEach(async () => {
  await sandbox.control.reset()
  const actor = await anActor('manager')
  const acme = await acmeConnector(actor.workspaceId, sandbox.url)
  const method = await methodOf(acme, 'oauth2_client_credentials', {
    phases: [{ kind: 'exchange', step: 0, httpMethod: 'POST', url: `${sandbox.url}/oauth/token` }],
  })
  const { id, secret } = known.serviceClients.basic
  const instance = await acmeInstance(acme, method, { client_id: id, client_secret: secret, scope: 'orders.read' })
  const endpoint = await acmeEndpoint(acme, method, '/orders')
  job = { actor, instanceId: instance.id, endpointId: endpoint.id, timeoutSeconds: 5 }
}, 60_000)

const outcomes = async () => (await sandbox.control.getTokenCalls()).calls.map(({ outcome }) => outcome)

test(
  'fifty requests in two processes and a token endpoint that takes ten seconds cause one call, and all succeed',
  { timeout: 60_000 },
  async () => {
    await sandbox.control.setTokenDelay({ beforeMs: 10_000 })
    const [here, there] = await Promise.all(workers.map((worker) => worker.run({ ...job, count: 25 })))
    expect([...here!, ...there!].map(({ status, message }) => status ?? message)).toEqual(Array(50).fill(200))
    expect(await outcomes()).toEqual(['succeeded'])
  },
)

test(
  'a process that is killed during its request is replaced by one further call, and all requests of the other one succeed',
  { timeout: 60_000 },
  async () => {
    await sandbox.control.holdTokenCalls({ at: 'after_commit' })
    const [holder, other] = workers as [RequestWorker, RequestWorker]
    holder.run({ ...job, count: 10 }).catch(() => {})
    await sandbox.control.waitForHeldTokenCalls({ count: 1 })
    const waiting = other.run({ ...job, count: 25 })
    await untilAnotherWaits({ sql, instanceId: job.instanceId })
    await holder.kill()
    await sandbox.control.releaseTokenCalls()
    expect((await waiting).map(({ status, message }) => status ?? message)).toEqual(Array(25).fill(200))
    expect(await outcomes()).toEqual(['succeeded', 'succeeded'])
  },
)
