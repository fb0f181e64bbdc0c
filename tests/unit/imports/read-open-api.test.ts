import { describe, expect, test } from 'vitest'
import { readOpenApi } from '@/lib/imports/read-open-api'

describe('An OpenAPI document that is read at once', () => {
  const large = {
    parameters: Array.from({ length: 150 }, (_, index) => ({
      ...{ name: `p${index}`, in: 'query', description: 'x'.repeat(900), schema: { type: 'string' } },
    })),
  }
  const documentWith = (count: number) =>
    new TextEncoder().encode(
      JSON.stringify({
        openapi: '3.1.0',
        info: { title: 'Many', version: '1' },
        components: { pathItems: { large: { get: large } } },
        paths: Object.fromEntries(
          Array.from({ length: count }, (_, index) => [`/${index}`, { $ref: '#/components/pathItems/large' }]),
        ),
      }),
    )

  test('may refer to the same part many times', () => {
    const read = readOpenApi.answer({ body: documentWith(20) })
    expect(read).toMatchObject({ ok: true, value: { plan: { endpoints: { length: 20 } } } })
  })

  test('is refused if this makes it much larger than its text', () => {
    expect(readOpenApi.answer({ body: documentWith(1_000) })).toMatchObject({
      ok: false,
      error: { code: 'invalid_input', message: expect.stringContaining('too large to import at once') },
    })
  })
})
