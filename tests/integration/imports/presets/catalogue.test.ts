import { readMethodOptions } from '@/lib/domain/authentication/options-of-type'
import { beforeAll, describe, expect, it } from 'vitest'
import type { MethodPlan } from '@/lib/authentication-methods/plan-method'
import { planConnector, type ConnectorPlan } from '@/lib/imports/plan-connector'
import { unknownInMethod } from '@/lib/domain/authentication/unknown-in-method'
import { workspaceDb } from '@/lib/platform/db/client'
import { describeRequests } from '@/lib/domain/preview/describe-requests'
import type { DefaultVariable } from '@/lib/domain/authentication/types'
import type { VariableDefinition } from '@/lib/domain/definitions'
import { authenticationTypes } from '@/lib/domain/vocabulary'
import { getConnectorDocument } from '@/lib/imports/get-connector-document'
import { importConnector } from '@/lib/imports/import-connector'
import { installPreset } from '@/lib/imports/install-preset'
import { readCatalogue, type Preset } from '@/lib/imports/read-catalogue'
import { anActor } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'
import { valueOf } from '@/tests/support/definition-builders'

let presets: Preset[]
beforeAll(async () => {
  await testDatabase()
  presets = await readCatalogue()
})

const each = async (check: (preset: Preset) => unknown) => {
  const found: Record<string, unknown> = {}
  for (const preset of presets) found[preset.key] = await check(preset)
  return found
}
const allOf = (value: unknown) => Object.fromEntries(presets.map(({ key }) => [key, value]))

const now = '2026-11-21T06:00:00.000Z'

function describedRequests({ details, variables }: ConnectorPlan, method: MethodPlan) {
  const own = method.variables.map((variable) => definitionOf(variable, 'method'))
  const used = method.uses.flatMap((use) =>
    variables
      .filter(({ key }) => key === use.key)
      .map((variable) => definitionOf({ ...variable, ...use }, 'connector')),
  )
  return describeRequests({
    connector: {
      id: 'c',
      name: details.name,
      baseUrl: details.baseUrl,
      allowedHosts: details.allowedHosts,
      variables: variables.map((variable) => definitionOf(variable, 'connector')),
      parameters: [],
    },
    method: {
      ...method,
      options: valueOf(readMethodOptions(method.type, method.options)),
      id: 'm',
      key: 'm',
      revision: 1,
      variables: [...own, ...used],
      parameters: method.parameters.map((parameter, index) => ({ ...parameter, id: `p${index}` })),
    },
    redirectUri: 'https://patchbay.test/oauth/authenticate',
    now,
  })
}

function definitionOf(variable: DefaultVariable, level: VariableDefinition['level']): VariableDefinition {
  return { ...variable, level, id: `${level}.${variable.key}`, options: [...variable.options] }
}

describe('The ready-made connectors', () => {
  it('are about 25, and use every authentication type', () => {
    expect(presets.length).toBeGreaterThanOrEqual(25)
    const used = new Set(presets.flatMap(({ document }) => document.methods.map(({ type }) => type)))
    expect([...used].sort()).toEqual(Object.keys(authenticationTypes).sort())
  })

  it('follow the same rules as the forms', async () => {
    expect(await each(({ document }) => planConnector(document))).toEqual(
      Object.fromEntries(presets.map(({ key }) => [key, expect.objectContaining({ ok: true })])),
    )
  })

  it('use no missing variable', async () => {
    const unknown = await each(({ document }) => {
      const plan = valueOf(planConnector(document))
      return plan.methods.flatMap((method) =>
        unknownInMethod(
          method,
          plan.variables.map(({ key }) => key),
        ),
      )
    })
    expect(unknown).toEqual(allOf([]))
  })

  it('have requests that can be previewed completely with only the values of their hosts', async () => {
    const refused = await each(({ document }) => {
      const plan = valueOf(planConnector(document))
      return plan.methods.flatMap((method) =>
        describedRequests(plan, method).flatMap(({ title, request }) =>
          request.ok ? [] : [`${method.name}, ${title}: ${request.error.message}`],
        ),
      )
    })
    expect(refused).toEqual(allOf([]))
  })

  it('sign as the vendors document it', async () => {
    const shown = (key: string, name: string) => {
      const plan = valueOf(planConnector(presets.find((preset) => preset.key === key)!.document))
      const described = describedRequests(
        plan,
        plan.methods.find((method) => method.name === name)!,
      )
      return valueOf(described.find(({ phase }) => phase === 'verify')!.request)
    }
    const ghost = shown('ghost', 'Admin API key')
    expect(ghost.headers).toContainEqual(['Authorization', expect.stringMatching(/^Ghost /)])
    expect(ghost.jwts[0]).toMatchObject({
      header: expect.stringContaining('HS256'),
      claims: expect.stringContaining('/admin/'),
    })
    const binance = shown('binance', 'HMAC key')
    expect(new URL(binance.url).searchParams.get('timestamp')).toBe(String(Date.parse(now)))
    expect([...new URL(binance.url).searchParams.keys()].at(-1)).toBe('signature')
    expect(shown('emarsys', 'WSSE')).toMatchObject({
      url: 'https://api.emarsys.net/api/v2/settings',
      headers: expect.arrayContaining([
        [
          'X-WSSE',
          expect.stringMatching(
            /^UsernameToken Username=".+", PasswordDigest=".+", Nonce=".+", Created="2026-11-21T06:00:00Z"$/,
          ),
        ],
      ]),
    })
  })

  it('can verify credentials, with a test request or by getting a token', async () => {
    const without = await each(({ document }) =>
      document.methods.filter(({ requests }) => !requests.verify && !requests.exchange).map(({ name }) => name),
    )
    expect(without).toEqual(allOf([]))
  })

  it('have a description, a colour, endpoints, and links over https', async () => {
    const lacking = await each(({ document: { description, colour, endpoints, documentationUrl, methods } }) => {
      const links = [documentationUrl, ...methods.map((method) => method.documentationUrl)].filter(
        (link) => !link.startsWith('https://'),
      )
      return [
        ...links,
        ...(description === '' ? ['description'] : []),
        ...(colour === null ? ['colour'] : []),
        ...(endpoints.length === 0 ? ['endpoints'] : []),
      ]
    })
    expect(lacking).toEqual(allOf([]))
  })

  it('have endpoints that accept at least one of their methods', async () => {
    expect(
      await each(({ document }) =>
        document.endpoints.filter(({ accepts }) => accepts.length === 0).map(({ name }) => name),
      ),
    ).toEqual(allOf([]))
  })

  it('can be installed completely, with their origins confirmed', async () => {
    const actor = await anActor('manager')
    const db = workspaceDb(actor.workspaceId)
    for (const { key, document } of presets) {
      const { id } = valueOf(await installPreset(actor, { preset: key, name: '' }))
      expect([key, await db.authenticationMethod.count({ where: { connectorId: id } })]).toEqual([
        key,
        document.methods.length,
      ])
      expect([key, await db.endpoint.count({ where: { connectorId: id } })]).toEqual([key, document.endpoints.length])
      const origins = await db.connectorOrigin.findMany({ where: { connectorId: id } })
      expect([key, origins.length > 0 && origins.every(({ confirmedAt }) => confirmedAt !== null)]).toEqual([key, true])
    }
  })

  it('can be exported and imported without a change', async () => {
    const [from, to] = [await anActor('manager'), await anActor('manager')]
    const documentOf = async (actor: typeof from, connectorId: string) =>
      valueOf(await getConnectorDocument(actor, { connectorId })).document
    for (const { key } of presets) {
      const installed = valueOf(await installPreset(from, { preset: key, name: '' }))
      const exported = await documentOf(from, installed.id)
      const imported = valueOf(await importConnector(to, { document: exported, name: '' }))
      expect(await documentOf(to, imported.id)).toBe(exported)
    }
  })
})
