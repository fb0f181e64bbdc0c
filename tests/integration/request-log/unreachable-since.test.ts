import { beforeEach, describe, expect, test } from 'vitest'
import { newId } from '@/lib/platform/db/new-id'
import { unreachableSince } from '@/lib/request-log/unreachable-since'
import { aWorkspace } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'

const { sql } = await testDatabase()

type Line = [secondsAgo: number, outcome: string, status: number | null, errorCode?: string]

let workspaceId: string
const now = Date.now()
const at = (secondsAgo: number) => new Date(now - secondsAgo * 1000)

beforeEach(async () => {
  workspaceId = (await aWorkspace()).id
})

async function anInstance(lines: Line[]): Promise<string> {
  const instanceId = newId()
  for (const [secondsAgo, outcome, status, errorCode = null] of lines)
    await sql(
      `INSERT INTO "RequestLog" ("id", "at", "workspaceId", "correlationId", "purpose", "outcome", "instanceId", "httpMethod", "url", "status", "errorCode")
       VALUES ($1, $2, $3, $1, 'endpoint', $4::"RequestOutcome", $5, 'GET', 'https://api.acme.test/', $6, $7)`,
      [newId(), at(secondsAgo), workspaceId, outcome, instanceId, status, errorCode],
    )
  return instanceId
}

const sinceOf = async (lines: Line[]) => {
  const instanceId = await anInstance(lines)
  return (await unreachableSince(workspaceId, [instanceId])).get(instanceId) ?? null
}

const down: Line[] = [
  [300, 'failed', 503],
  [200, 'failed', null, 'timed_out'],
  [100, 'refused', 429],
]

describe('an instance is unreachable', () => {
  test('since the first of three requests in a row, over a minute, without a connection or with 5xx or 429', async () => {
    expect(await sinceOf(down)).toEqual(at(300))
    expect(await sinceOf([[900, 'failed', 500], [400, 'succeeded', 200], ...down])).toEqual(at(300))
    expect(await sinceOf([[900, 'failed', 500], [400, 'refused', 404], ...down])).toEqual(at(300))
  })

  test('since the first failure, however many came after it', async () => {
    const more = Array.from({ length: 50 }, (_, index): Line => [99 - index, 'failed', null, 'connection_failed'])
    expect(await sinceOf([...down, ...more])).toEqual(at(300))
  })

  test('although requests that Patchbay itself stopped came in between', async () => {
    expect(await sinceOf([...down, [50, 'not_sent', null, 'host_not_allowed']])).toEqual(at(300))
  })
})

describe('an instance is not unreachable', () => {
  test.each<[string, Line[]]>([
    ['without any request', []],
    ['after two failures', down.slice(0, 2)],
    ['after three failures within a minute', down.map(([ago, ...rest]): Line => [ago / 10, ...rest])],
    ['once it has responded again', [...down, [10, 'succeeded', 200]]],
    ['once it has refused a request', [...down, [10, 'refused', 401]]],
    ['when its response was too large for us', [...down, [10, 'failed', null, 'answer_too_large']]],
  ])('%s', async (_when, lines) => {
    expect(await sinceOf(lines)).toBeNull()
  })

  test('by lines of another workspace', async () => {
    const instanceId = await anInstance(down)
    const other = await aWorkspace()
    expect(await unreachableSince(other.id, [instanceId])).toEqual(new Map())
  })
})
