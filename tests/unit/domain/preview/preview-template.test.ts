import { describe, expect, it } from 'vitest'
import { previewTemplate } from '@/lib/domain/preview/preview-template'
import { authenticationTypeDefinitions } from '@/lib/domain/authentication/registry'
import { aConnector, aMethod, codeOf, methodValues, valueOf } from '@/tests/support/definition-builders'

const options = {
  ...authenticationTypeDefinitions.basic.defaultOptions,
  computed: [{ key: 'pair', value: '{{ username }}:{{ password }}' }],
}

function preview(source: string, values: Record<string, string> = {}) {
  const method = aMethod('basic', { options })
  return previewTemplate(source, {
    connector: aConnector(),
    method,
    values: { instance: methodValues(values) },
    redirectUri: '',
    now: '2026-03-04T05:06:07.000Z',
  })
}

describe('The preview of a template', () => {
  it.each([
    ['a value', 'u={{ username | upcase }}', 'u=DANA'],
    ['a secret', 'p={{ password }}', 'p=••••••'],
    ['a value derived from a secret', '{{ password | sha256 }}', '••••••'],
    ['a secret within Base64', '{{ pair | base64_encode }}', '••••••'],
    ['a computed value', '{{ pair }}', '••••••'],
    ['the time', '{{ now | date: "%Y" }}', '2026'],
    ['a nonce', '{{ nonce }}', '{{ nonce }}'],
    ['the request', '{{ request_method }} {{ request_path }}', '{{ request_method }} {{ request_path }}'],
  ])('shows %s', (_what, source, shown) => {
    expect(valueOf(preview(source, { username: 'dana', password: 'never-shown' }))).toBe(shown)
  })

  it('shows the name of a missing value, also with filters', () => {
    expect(valueOf(preview('{{ username }} {{ username | upcase }} {{ username | base64_encode }}'))).toBe(
      '{{ username }} {{ username }} {{ username | base64_encode }}',
    )
  })

  it.each([
    ['{{ nobody }}', 'unknown_variable'],
    ['{{ username', 'invalid_template'],
    ['{{ access_token }}', 'missing_value'],
  ])('reports the problem of %s', (source, code) => {
    expect(codeOf(preview(source))).toBe(code)
  })
})
