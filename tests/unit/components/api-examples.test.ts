import { expect, test } from 'vitest'
import { curlExample, mcpConfiguration, placeholderCall, typeScriptExample } from '@/components/api-page/examples'

const api = 'https://patchbay.example.com/api/v1'
const call = {
  instance: { key: 'acme-uk', name: 'Acme UK' },
  endpoint: { key: 'create-order', name: 'Create order' },
  values: ['orderId', 'shop'],
  sendsJson: true,
}

test('curl sends the values and the body that the endpoint needs', () => {
  const text = curlExample(api, call)
  expect(text).toContain(`curl -X POST '${api}/instances/acme-uk/endpoints/create-order/call' \\\n`)
  expect(text).toContain(`-H 'Patchbay-Values: {"orderId":"VALUE","shop":"VALUE"}' \\\n`)
  expect(text).toMatch(/-d '\{\}'$/)
  expect(curlExample(api, placeholderCall)).toMatch(/call' \\\n {2}-H "Authorization: Bearer \$PATCHBAY_KEY"$/)
})

test('TypeScript does the same, and tells our refusals from responses of the third party', () => {
  const text = typeScriptExample(api, call)
  expect(text).toContain('// Call “Create order” with “Acme UK”')
  expect(text).toContain(`'Patchbay-Values': JSON.stringify({ orderId: 'VALUE', shop: 'VALUE' })`)
  expect(text).toContain('body: JSON.stringify({}),')
  expect(text).toContain(`called.headers.get('Patchbay-Response') === 'patchbay'`)
  expect(typeScriptExample(api, placeholderCall)).toContain("{\n  method: 'POST',\n  headers,\n})")
})

test('an MCP client gets the address and the header', () => {
  expect(JSON.parse(mcpConfiguration('https://patchbay.example.com'))).toEqual({
    mcpServers: {
      patchbay: {
        type: 'http',
        url: 'https://patchbay.example.com/api/mcp',
        headers: { Authorization: 'Bearer pb_YOUR_KEY' },
      },
    },
  })
})
