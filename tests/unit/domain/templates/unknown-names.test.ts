import { expect, test } from 'vitest'
import { unknownInMethod } from '@/lib/domain/authentication/unknown-in-method'
import { unknownNames } from '@/lib/domain/templates/unknown-names'

test('unknown names are listed once, in the order of their first use', () => {
  const texts = ['/{{ owner }}/{{ repo }}', '{{ repo | default: fallback }}', '{{ shop }}', '{{ broken', 'plain']
  expect(unknownNames(texts, new Set(['shop']))).toEqual(['owner', 'repo', 'fallback'])
})

test('names that are filled at run time are not unknown', () => {
  expect(unknownNames(['{{ now }} {{ step1.url }}'], new Set())).toEqual([])
})

test('a method knows its variables, its computed and stored values, and the connector’s variables', () => {
  const method = {
    type: 'token' as const,
    options: { computed: [{ key: 'digest', value: '{{ token }}' }] },
    phases: [
      {
        url: '/{{ shop }}/{{ account }}',
        body: null,
        clientAuthentication: null,
        extract: [{ variable: 'account', path: 'id', secret: false }],
      },
    ],
    parameters: [{ value: '{{ digest }} {{ missing }}' }],
    variables: [{ key: 'token' }],
  }
  expect(unknownInMethod(method, ['shop'])).toEqual(['missing'])
})
