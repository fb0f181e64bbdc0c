import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { authenticationTypeDefinitions } from '@/lib/domain/authentication/registry'
import type { PhaseKind } from '@/lib/domain/vocabulary'
import type { PersonActor } from '@/lib/domain/access/actor'
import { workMeter } from '@/lib/domain/work-meter'
import { loadCredentials } from '@/lib/credentials/credentials'
import { causeOf } from '@/lib/exchange/request-context'
import { mostInMainThread } from '@/lib/platform/bodies/ask-about-body'
import { runLookups } from '@/lib/tokens/run-lookups'
import { obtainTokens } from '@/lib/tokens/obtain-tokens'
import { checkInstance } from '@/lib/verification/check-instance'
import { known } from '../../sandbox/known'
import type { BadResponse, Refused, Shown } from '../../sandbox/misbehaving/bad-response'
import { badResponses } from '../../sandbox/misbehaving/bad-responses'
import { startSandbox } from '../../sandbox/sandbox'
import {
  acmeBasicValues,
  acmeConnector,
  acmeEndpoint,
  acmeInstance,
  acmeMethod,
  type Acme,
} from '../../support/acme-builders'
import { anActor } from '../../support/builders'
import { testDatabase } from '../../support/database'
import { methodOf } from '../../support/method-builders'
import { openLoggedBodies } from '../../support/open-logged-bodies'
import { sendEndpointRequest } from '../../support/send-endpoint-request'

/**
 * Every kind of bad response, through the same operations as real ones. None of them throws, none shows a secret, and
 * none passes more than 64 KiB of a body through the main thread at once.
 */

await testDatabase()
const sandbox = await startSandbox()
afterAll(() => sandbox.close())

let actor: PersonActor
let acme: Acme

beforeAll(async () => {
  actor = await anActor('manager')
  acme = await acmeConnector(actor.workspaceId, sandbox.url)
})
beforeEach(() => void (workMeter.most = 0))

const rows = badResponses.map((row) => [row.name, row] as const)
const [basic, secret] = [acmeBasicValues, known.basic.password]
/** For finite responses the limit is so high that a busy machine does not reach it. */
const timeoutOf = ({ isEndless }: BadResponse) => (isEndless ? 1 : 60)
const credentialsOf = async (instanceId: string) => {
  const credentials = await loadCredentials(actor.workspaceId, instanceId)
  if (!credentials.ok) throw new Error(credentials.error.message)
  return credentials.value
}

function expectUnharmed(result: unknown): void {
  expect(workMeter.most).toBeLessThanOrEqual(mostInMainThread)
  expect(JSON.stringify(result)).not.toContain(secret)
  expect(({} as { isAdmin?: boolean }).isAdmin).toBe(undefined)
}

function expectShown(response: unknown, { begins = '', problem, ...shown }: Shown): void {
  expect(response).toMatchObject({
    ...{ status: 200, recordCount: null, truncated: false, ...shown },
    body: expect.stringMatching(/^/),
    problem: problem === undefined ? null : expect.stringContaining(problem),
  })
  expect((response as { body: string }).body.slice(0, begins.length)).toBe(begins)
}

test('there are at least 43 kinds, each with a unique name', () => {
  expect(new Set(badResponses.map(({ name }) => name)).size).toBe(badResponses.length)
  expect(badResponses.length).toBeGreaterThanOrEqual(43)
})

describe('as the response of a call', () => {
  let method: Awaited<ReturnType<typeof acmeMethod>>
  let instanceId: string
  beforeAll(async () => {
    method = await acmeMethod(acme, 'basic')
    instanceId = (await acmeInstance(acme, method, basic)).id
  })

  test.each(rows)('%s', async (_name, row) => {
    const { id: endpointId } = await acmeEndpoint(acme, method, `/misbehaving/${row.name}`)
    const timeoutSeconds = timeoutOf(row)
    const report = await sendEndpointRequest(actor, { instanceId, endpointId, values: {}, filters: {}, timeoutSeconds })
    const { code, words } = row.outcome as Partial<Refused>
    if (code !== undefined)
      expect(report).toMatchObject({ ok: false, error: { code, message: expect.stringContaining(words!) } })
    else if (report.ok) expectShown(report.value.response, row.outcome as Shown)
    else expect(report).toBe('shown')
    expectUnharmed(report)
  })

  test('no logged body contains the secret', async () => {
    const bodies = await openLoggedBodies()
    expect(bodies.length).toBeGreaterThan(20)
    expect(bodies.join()).not.toContain(secret)
  })
})

describe('as the response of a token request, a test request and a lookup', () => {
  /** Responses that are read differently there than in a call. */
  const names = [
    ...['nested-brackets', 'nested-brackets-gzip', 'small-nested-lists', 'many-records', 'many-values', 'many-keys'],
    ...[
      'prototype-keys',
      'deep-xml',
      'entity-bomb',
      'many-attributes',
      'many-elements',
      'small-many-elements',
      'many-pairs',
      'form-garbage',
    ],
    ...['near-secrets', 'repeated-secret', 'unicode-escapes', 'empty-body', 'gzip-bomb', 'reset-in-body', 'trickle'],
  ]
  const chosen = rows.filter(([name]) => names.includes(name))
  const cause = () => causeOf(actor, 'Bad responses')

  async function instanceOf(type: 'basic' | 'token_exchange', kind: PhaseKind, row: BadResponse) {
    const phase = { kind, step: 0, httpMethod: 'GET' as const, url: `/misbehaving/${row.name}` }
    const method = await methodOf(acme, type, {
      timeoutSeconds: timeoutOf(row),
      variables: ['account_id'],
      options: authenticationTypeDefinitions[type].defaultOptions,
      phases: [
        {
          ...phase,
          ...(kind === 'verify' && { successRule: { jsonPath: '$.id' } }),
          ...(kind === 'after_connect' && { extract: [{ variable: 'account_id', path: '$.id', secret: false }] }),
        },
      ],
    })
    return acmeInstance(acme, method, type === 'basic' ? basic : { account_id: secret })
  }

  test('the chosen ones exist', () => expect(chosen).toHaveLength(names.length))

  test.each(chosen)('%s gives no token', async (_name, row) => {
    const { id } = await instanceOf('token_exchange', 'exchange', row)
    const now = () => new Date()
    const obtained = await obtainTokens(await credentialsOf(id), { kind: 'exchange' }, cause(), { now })
    expect(obtained).toMatchObject({ ok: false, error: { outcome: 'could_not_tell' } })
    expectUnharmed(obtained)
  })

  test.each(chosen)('%s verifies nothing', async (_name, row) => {
    const { id: instanceId } = await instanceOf('basic', 'verify', row)
    const report = await checkInstance(actor, { instanceId })
    expect(report).toMatchObject({ ok: true, value: { outcome: 'could_not_tell' } })
    expectUnharmed(report)
  })

  test.each(chosen)('%s is no lookup', async (_name, row) => {
    const { id } = await instanceOf('basic', 'after_connect', row)
    const found = await runLookups(await credentialsOf(id), {}, cause())
    expect(found).toMatchObject({ stored: [], missed: ['account_id'] })
    expect(found.problem).toContain('After-connect lookup 1 failed')
    expectUnharmed(found)
  })
})
