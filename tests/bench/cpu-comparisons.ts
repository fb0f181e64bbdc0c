import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { seal, unseal } from '@/lib/platform/crypto/seal'
import { buildEndpointRequest } from '@/lib/domain/requests/build-endpoint-request'
import {
  aConnector,
  aMethod,
  anEndpoint,
  aParameter,
  aVariable,
  methodValues,
  valueOf,
} from '@/tests/support/definition-builders'
import type { Comparison } from './measure'

/** What every request costs before it is sent, compared with hand-written code for the same result. */
export function cpuComparisons(): Comparison[] {
  return [requestComparison(), ...sealComparisons()]
}

const order = { id: 'A-1001', note: 'Leave it "by the door"' }

/** A POST with credentials, a query parameter, a header and a JSON body with two values in it. */
function requestComparison(): Comparison {
  const input = {
    connector: aConnector(),
    method: aMethod('basic'),
    endpoint: anEndpoint({
      ...{
        httpMethod: 'POST',
        url: '/orders/{{ id }}',
        bodyFormat: 'json',
        body: '{"order": "{{ id }}", "note": "{{ note }}"}',
      },
      variables: [
        aVariable('id', { level: 'endpoint', required: true }),
        aVariable('note', { level: 'endpoint', configurable: true }),
      ],
      parameters: [aParameter('expand', 'lines'), aParameter('X-Shop', '{{ id }}', { place: 'header' })],
    }),
    values: {
      instance: methodValues({ username: 'dana', password: 'correct-horse' }),
      shape: new Map([
        ['endpoint-id', order.id],
        ['endpoint-note', order.note],
      ]),
    },
    confirmedOrigins: ['https://api.acme.test'],
  }
  return {
    name: 'A request built from its templates, checked',
    app: () => valueOf(buildEndpointRequest(input)).request,
    bare: buildByHand,
    runs: 15,
    calls: 500,
  }
}

function buildByHand() {
  const url = new URL(`https://api.acme.test/v1/orders/${encodeURIComponent(order.id)}`)
  url.searchParams.set('expand', 'lines')
  return {
    method: 'POST',
    url: url.href,
    headers: [
      ['Content-Type', 'application/json'],
      ['X-Shop', order.id],
      ['Authorization', `Basic ${Buffer.from('dana:correct-horse').toString('base64')}`],
    ],
    body: JSON.stringify({ order: order.id, note: order.note }),
  }
}

function sealComparisons(): Comparison[] {
  const address = { workspaceId: 'workspace', table: 'InstanceValue', rowId: 'row', field: 'sealedValue' }
  const [plain, key] = ['correct-horse-battery-staple', randomBytes(32)]
  const [sealed, box] = [seal(plain, address), encrypt(plain, key)]
  return [
    {
      name: 'A secret sealed',
      app: () => seal(plain, address).split('.').length,
      bare: () => encrypt(plain, key).length + 1,
      runs: 15,
      calls: 1_000,
    },
    {
      name: 'A secret opened',
      app: () => unseal(sealed, address),
      bare: () => decrypt(box, key),
      runs: 15,
      calls: 1_000,
    },
  ]
}

/** Plain AES-256-GCM. */
function encrypt(plain: string, key: Buffer): [nonce: Buffer, text: Buffer, tag: Buffer] {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  return [nonce, Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]), cipher.getAuthTag()]
}

function decrypt([nonce, text, tag]: ReturnType<typeof encrypt>, key: Buffer): string {
  const decipher = createDecipheriv('aes-256-gcm', key, nonce).setAuthTag(tag)
  return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8')
}
