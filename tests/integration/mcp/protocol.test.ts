import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { PersonActor } from '@/lib/domain/access/actor'
import { answerMcp } from '@/lib/mcp/answer-mcp'
import { aClient, anAgent, mcpUrl } from '@/tests/support/agent'
import { anActor } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'

vi.mock('next/headers', async () => (await import('@/tests/support/request-scope')).nextHeaders)

await testDatabase()
let owner: PersonActor
beforeEach(async () => {
  owner = await anActor('administrator')
})

test('smoke', async () => {
  for (const mode of ['auto', 'legacy'] as const) {
    const agent = await anAgent(owner, { role: 'administrator' }, { versionNegotiation: { mode } })
    console.log(mode, agent.client.getNegotiatedProtocolVersion?.(), await agent.toolNames())
    console.log(await agent.call('list_instances'))
    console.log(await agent.call('list_instances', { nonsense: 1 }))
  }
})
