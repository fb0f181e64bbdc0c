import { beforeEach, describe, expect, test } from 'vitest'
import { createConnector } from '@/lib/connectors/create-connector'
import type { PersonActor } from '@/lib/domain/access/actor'
import { systemDb } from '@/lib/platform/db/client'
import { dismissFirstSteps } from '@/lib/setup/dismiss-first-steps'
import { getFirstSteps } from '@/lib/setup/get-first-steps'
import { recordStatements } from '@/tests/integration/performance/recorded-statements'
import { acmeBasicValues, acmeConnector, acmeInstance, acmeMethod } from '@/tests/support/acme-builders'
import { anActor } from '@/tests/support/builders'
import { connectorDetails } from '@/tests/support/connector-builders'
import { testDatabase } from '@/tests/support/database'

await testDatabase()

let actor: PersonActor
beforeEach(async () => {
  actor = await anActor('manager')
})

const steps = async (as = actor) => {
  const answer = await getFirstSteps(as, {})
  return answer.ok ? answer.value : answer
}

describe('the first steps', () => {
  test('are updated after each step, and disappear after the last', async () => {
    expect(await steps()).toEqual({ connector: false, instance: false, call: false, ownConnector: false })
    const acme = await acmeConnector(actor.workspaceId, 'https://acme.test')
    expect(await steps()).toMatchObject({ connector: true, instance: false, ownConnector: false })
    const { id } = await acmeInstance(acme, await acmeMethod(acme, 'basic'), acmeBasicValues)
    expect(await steps()).toMatchObject({ instance: true, call: false })
    await systemDb().instance.update({ where: { id }, data: { lastSuccessAt: new Date() } })
    expect(await steps()).toMatchObject({ call: true, ownConnector: false })
    expect(await createConnector(actor, connectorDetails({ name: 'Own' }))).toMatchObject({ ok: true })
    expect(await steps()).toBeNull()
  })

  test('do not count a connector that a colleague created as one’s own', async () => {
    await createConnector(actor, connectorDetails({ name: 'Own' }))
    const colleague = await anActor('manager', actor.workspaceId)
    expect(await steps(colleague)).toMatchObject({ connector: true, ownConnector: false })
  })

  test('are dismissed for one person in one workspace', async () => {
    const colleague = await anActor('manager', actor.workspaceId)
    expect(await dismissFirstSteps(actor, {})).toMatchObject({ ok: true })
    expect(await steps()).toBeNull()
    expect(await steps(colleague)).not.toBeNull()
  })

  test('need one query if they are dismissed, and none for steps that cannot have been done', async () => {
    const tablesRead = async () =>
      (await recordStatements(() => steps())).flatMap(({ text }) => /FROM "public"\."(\w+)"/.exec(text)?.[1] ?? [])
    expect((await tablesRead()).sort()).toEqual(['Connector', 'Instance', 'Membership'])
    await dismissFirstSteps(actor, {})
    expect(await tablesRead()).toEqual(['Membership'])
  })

  test('are not shown to people who cannot do them', async () => {
    expect(await steps(await anActor('read_only', actor.workspaceId))).toBeNull()
    expect(await steps(await anActor('user', actor.workspaceId))).toBeNull()
  })
})
