import { describe, expect, test } from 'vitest'
import { maskTokenResponse } from '@/lib/tokens/mask-token-response'

const answer = (body: string, headers: [string, string][] = []) =>
  maskTokenResponse({ status: 200, headers, body: new TextEncoder().encode(body) })
const masked = (body: string) => new TextDecoder().decode(answer(body).body)

describe('a token response in the log shows its structure but none of its values', () => {
  test.each([
    [
      'JSON',
      '{"error":"none","data":{"tok":"secret-1","ids":[7,true]},"expires_in":60}',
      '{"error":"none","data":{"tok":"•••","ids":["•••",true]},"expires_in":60}',
    ],
    [
      'a vendor’s refusal with status 200',
      '{"code":40001,"message":"wrong code"}',
      '{"code":"•••","message":"wrong code"}',
    ],
    ['a form', 'tok=secret-1&token_type=bearer', 'tok=•••&token_type=bearer'],
    ['a text', 'secret-1', '•••'],
    ['nothing', '', ''],
    [
      'XML',
      '<?xml version="1.0"?><r status="secret-0"><!-- secret-3 --><token>secret-1</token> <t><![CDATA[<secret-2>]]></t></r>',
      '<?xml version="•••"?><r status="•••"><token>•••</token> <t>•••</t></r>',
    ],
    ['truncated XML', '<r a="secret-1><token>secret-2', '<r a="•••"'],
  ])('%s', (_what, body, shown) => {
    expect(masked(body)).toBe(shown)
    expect(masked(body)).not.toContain('secret')
  })

  test('headers that may contain a credential, and parameters of URLs', () => {
    const headers: [string, string][] = [
      ['Content-Type', 'text/plain'],
      ['Set-Cookie', 'SID=secret-1; Path=/'],
      ['X-Session-Token', 'secret-2'],
      ['Location', 'https://acme.test/done/0123456789abcdef-secret?code=secret-3&state=secret-4#access_token=secret-5'],
    ]
    expect(answer('', headers).headers).toEqual([
      ['Content-Type', 'text/plain'],
      ['Set-Cookie', '•••'],
      ['X-Session-Token', '•••'],
      ['Location', 'https://acme.test/done/•••?code=•••&state=•••#access_token=•••'],
    ])
  })
})
