import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sandboxConnectorDefinition } from '@/lib/sandbox/definition'
import { methodNames } from '@/lib/sandbox/methods'
import { obtainToken } from '@/tests/integration/sandbox/minimal-client'
import { known } from '@/tests/sandbox/known'
import { startSandbox, type Sandbox } from '@/tests/sandbox/sandbox'

let sandbox: Sandbox
let accessToken: string
beforeAll(async () => {
  sandbox = await startSandbox()
  accessToken = String((await obtainToken(sandbox, 'basic', scope())).json.access_token)
})
afterAll(() => sandbox.close())

const placeholder = { url: 'http://sandbox.test', certificateUrl: 'https://certificate.test' }
const definition = sandboxConnectorDefinition(placeholder)
const scope = () =>
  definition.methods.find(({ name }) => name === methodNames.oauth)?.variables.find(({ key }) => key === 'scope')
    ?.defaultValue ?? ''

const examples: Record<string, string> = {
  order_id: 'ord_0001',
  product_id: 'prd_0001',
  customer_id: 'cus_0001',
  sku: 'ACME-0001',
  quantity: '2',
  status: 'paid',
  price: '12.50',
  warehouse: 'north',
  available: '7',
}
const fill = (template: string) =>
  template.replace(/\{\{ (\w+) \}\}/g, (_, key: string) => examples[key] ?? `no example for ${key}`)

const credentials = (): Record<string, Record<string, string>> => ({
  [methodNames.basic]: {
    authorization: `Basic ${Buffer.from(`${known.basic.username}:${known.basic.password}`).toString('base64')}`,
  },
  [methodNames.token]: { 'x-api-key': known.apiToken },
  [methodNames.oauth]: { authorization: `Bearer ${accessToken}` },
})

describe('the connector describes each endpoint as the sandbox implements it', () => {
  const reachable = definition.endpoints.filter(({ url }) => url.startsWith('/'))
  it.each(reachable.map((endpoint) => [endpoint.name, endpoint] as const))(
    '%s',
    async (_name, { method: httpMethod, url, body, accepts, dataPath }) => {
      for (const [method, headers] of Object.entries(credentials())) {
        const init =
          body === '' ? {} : { body: fill(body), headers: { ...headers, 'content-type': 'application/json' } }
        const response = await fetch(`${sandbox.url}${fill(url)}`, { method: httpMethod, headers, ...init })
        expect([method, response.ok]).toEqual([method, accepts.includes(method)])
        if (!response.ok) expect(response.status).toBe(403)
        else if (dataPath !== '$') expect(await response.json()).toHaveProperty(dataPath.slice(2, -3))
      }
    },
  )
})
