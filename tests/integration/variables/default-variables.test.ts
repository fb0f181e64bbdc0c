import { beforeAll, describe, expect, it } from 'vitest'
import { createMethod } from '@/lib/authentication-methods/create-method'
import { getMethodSetup } from '@/lib/authentication-methods/get-method-setup'
import type { PersonActor } from '@/lib/domain/access/actor'
import { authenticationTypeDefinitions } from '@/lib/domain/authentication/registry'
import { authenticationTypes, type AuthenticationType } from '@/lib/domain/vocabulary'
import { getNewInstance } from '@/lib/instances/get-new-instance'
import { redirectUris } from '@/lib/platform/redirect-uris'
import { systemDb } from '@/lib/platform/db/client'
import { createVariable } from '@/lib/variables/create-variable'
import { deleteVariable } from '@/lib/variables/delete-variable'
import { listRemovalQuestions } from '@/lib/variables/list-removal-questions'
import { updateVariable } from '@/lib/variables/update-variable'
import type { VariableOwner } from '@/lib/variables/views'
import { anActor } from '@/tests/support/builders'
import { testDatabase, type TestDatabase } from '@/tests/support/database'
import { valueOf } from '@/tests/support/definition-builders'
import { aConnector } from '@/tests/support/endpoint-builders'
import { aVariableInput } from '@/tests/support/variable-builders'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})

type Made = { actor: PersonActor; connectorId: string; methodId: string; owner: VariableOwner }

async function made(type: AuthenticationType): Promise<Made> {
  const actor = await anActor('manager')
  const { connectorId } = await aConnector(actor.workspaceId)
  const input = { connectorId, name: 'Ours', type, timeoutSeconds: 30, documentationUrl: '' }
  const { id: methodId } = valueOf(await createMethod(actor, input))
  return { actor, connectorId, methodId, owner: { level: 'method', connectorId, ownerId: methodId } }
}

async function setupOf({ actor, connectorId, methodId }: Made) {
  return valueOf(await getMethodSetup(actor, { connectorId, methodId }))
}

async function idOf(m: Made, key: string): Promise<string> {
  return (await setupOf(m)).own.find((variable) => variable.key === key)!.id
}

async function remove(m: Made, key: string, given: { revision?: number; confirmed?: boolean } = {}) {
  const { revision } = (await setupOf(m)).method
  return deleteVariable(m.actor, {
    owner: m.owner,
    revision,
    confirmed: false,
    variableId: await idOf(m, key),
    ...given,
  })
}

describe('The default variables of every type (rule R13)', () => {
  it.each(Object.keys(authenticationTypes) as AuthenticationType[])(
    '%s: all non-essential ones can be removed, and no template then lacks its variable',
    async (type) => {
      const m = await made(type)
      for (const { key, locked } of authenticationTypeDefinitions[type].defaultVariables) {
        const result = await remove(m, key)
        expect([key, result.ok || result.error.code]).toEqual([key, locked ? 'locked_variable' : true])
      }
      const { own, method } = await setupOf(m)
      expect(own.every(({ locked }) => locked)).toBe(true)
      const named = JSON.stringify([method.options, method.phases])
      for (const { key } of authenticationTypeDefinitions[type].defaultVariables.filter(({ locked }) => !locked))
        expect(named.includes(`{{ ${key} }}`) && !own.some((variable) => variable.key === key)).toBe(false)
    },
  )

  it.each(Object.keys(authenticationTypes) as AuthenticationType[])(
    '%s: name, help, default, required, configurable and advanced can be changed for all',
    async (type) => {
      const m = await made(type)
      for (const {
        locked,
        position: _position,
        instancesWithValue: _with,
        effectiveDefault: _shown,
        id,
        level: _level,
        ...variable
      } of (await setupOf(m)).own) {
        const change = {
          ...variable,
          ...{ displayName: `Our ${variable.displayName}`, helpText: 'Ours.', required: !variable.required },
          ...{ configurable: !variable.configurable, advanced: !variable.advanced },
          defaultValue: variable.secret ? '' : variable.defaultValue,
        }
        const { revision } = (await setupOf(m)).method
        const input = { owner: m.owner, revision, variableId: id, variable: change, confirmed: false }
        expect(valueOf(await updateVariable(m.actor, input)).revision).toBe(revision + 1)
        expect(await systemDb().variable.findFirst({ where: { id } })).toMatchObject({ ...change, locked })
      }
    },
  )
})

describe('Dashboard OAuth Callback URL', () => {
  it('shows this installation’s address as its default, on the method and on an instance, and stores nothing', async () => {
    const m = await made('oauth2_authorization_code')
    const address = redirectUris()[0]
    const { own } = await setupOf(m)
    expect(own.find(({ key }) => key === 'dashboard_oauth_callback_url')).toMatchObject({
      defaultValue: '',
      effectiveDefault: address,
    })
    const { methods } = valueOf(await getNewInstance(m.actor, { connectorId: m.connectorId }))
    const field = methods[0]!.fields.advanced.find(({ variable }) => variable.key === 'dashboard_oauth_callback_url')
    expect(field).toMatchObject({ value: '', variable: { defaultValue: address } })
  })
})

describe('Removing a default variable', () => {
  it('replaces the option that used it in the same save, under one revision, with a line in the audit log', async () => {
    const m = await made('oauth2_authorization_code')
    const variableId = await idOf(m, 'response_authentication_token_key')
    expect(valueOf(await listRemovalQuestions(m.actor, { owner: m.owner, variableId }))).toEqual([
      'On the Token tab, “Access token” becomes “access_token”.',
    ])
    expect(valueOf(await remove(m, 'response_authentication_token_key')).revision).toBe(2)
    const { method } = await setupOf(m)
    expect(method).toMatchObject({
      revision: 2,
      options: { tokenPath: 'access_token', refreshTokenPath: '{{ response_refresh_token_key }}' },
    })
    const entry = await systemDb().auditLog.findFirst({ where: { objectId: variableId } })
    expect(entry?.changes).toMatchObject({
      fields: expect.arrayContaining([
        { field: 'alsoChanged', how: 'changed', names: ['“Access token” becomes “access_token”'] },
      ]),
    })
  })

  it('makes a client without a secret a public client', async () => {
    const m = await made('oauth2_client_credentials')
    await systemDb().authenticationPhase.create({
      data: {
        ...{ workspaceId: m.actor.workspaceId, connectorId: m.connectorId, methodId: m.methodId },
        ...{ kind: 'revoke', url: 'https://a.test/revoke', clientAuthentication: 'client_secret_post' },
      },
    })
    const asked = { owner: m.owner, variableId: await idOf(m, 'client_secret') }
    expect(valueOf(await listRemovalQuestions(m.actor, asked))).toEqual([
      'On the Token tab, “Client authentication” becomes “Client ID only: a public client”.',
    ])
    valueOf(await remove(m, 'client_secret'))
    const { method } = await setupOf(m)
    expect(method.options.clientAuthentication).toBe('none')
    expect(method.phases.find(({ kind }) => kind === 'revoke')?.clientAuthentication).toBe('none')
  })

  it('raises the connector’s generation, so that every process reads the method again (rule R9)', async () => {
    const m = await made('oauth2_authorization_code')
    const generation = async () => {
      const [row] = await database.sql<{ generation: string }>('SELECT "generation" FROM "Connector" WHERE "id" = $1', [
        m.connectorId,
      ])
      return Number(row!.generation)
    }
    const before = await generation()
    valueOf(await remove(m, 'scope'))
    expect(await generation()).toBeGreaterThan(before)
  })

  it('asks if a person’s own template uses it, and does not change that template', async () => {
    const m = await made('oauth2_client_credentials')
    const own = '$.data.{{ response_authentication_token_key }}'
    await systemDb().authenticationMethod.update({ where: { id: m.methodId }, data: { options: { tokenPath: own } } })
    expect(await remove(m, 'response_authentication_token_key')).toMatchObject({
      ok: false,
      error: { code: 'confirmation_needed', message: expect.stringContaining('still used in “Ours”') },
    })
    valueOf(await remove(m, 'response_authentication_token_key', { confirmed: true }))
    expect((await setupOf(m)).method.options.tokenPath).toBe(own)
  })

  it('changes nothing else if the connector has a variable with the same key', async () => {
    const m = await made('oauth2_client_credentials')
    const connector = { level: 'connector' as const, connectorId: m.connectorId, ownerId: m.connectorId }
    const variable = aVariableInput({ key: 'client_secret', displayName: 'Client secret', secret: true })
    valueOf(await createVariable(m.actor, { owner: connector, revision: 1, variable, confirmed: false }))
    valueOf(await remove(m, 'client_secret'))
    expect((await setupOf(m)).method.options.clientAuthentication).toBe('client_secret_basic')
  })

  it('with an outdated revision changes neither the variable nor the options (rule R12)', async () => {
    const m = await made('oauth2_client_credentials')
    valueOf(await remove(m, 'scope'))
    expect(await remove(m, 'client_secret', { revision: 1 })).toMatchObject({
      ok: false,
      error: { code: 'changed_by_someone_else' },
    })
    const { method, own } = await setupOf(m)
    expect(method.options.clientAuthentication).toBe('client_secret_basic')
    expect(own.map(({ key }) => key)).toContain('client_secret')
  })

  it.each(['user', 'read_only'] as const)('is refused to the role %s and to other workspaces', async (role) => {
    const m = await made('oauth2_client_credentials')
    const input = { owner: m.owner, revision: 1, confirmed: true, variableId: await idOf(m, 'client_secret') }
    const outsiders = [{ ...m.actor, role }, await anActor('manager')]
    for (const outsider of outsiders) expect(await deleteVariable(outsider, input)).toMatchObject({ ok: false })
    expect((await setupOf(m)).method.options.clientAuthentication).toBe('client_secret_basic')
  })
})
