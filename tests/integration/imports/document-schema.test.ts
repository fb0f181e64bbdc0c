import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020'
import addFormats from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import { parseConnectionDocument } from '@/lib/imports/parse-document'
import { documentJsonSchema } from '@/lib/imports/document-schema'
import { authenticationTypes } from '@/lib/domain/vocabulary'

const published = readFileSync(join(import.meta.dirname, '../../../public/connection-document.schema.json'), 'utf8')
const ajv = addFormats.default(new Ajv2020({ allErrors: true, strict: false }))
const accepts = ajv.compile(JSON.parse(published))

const minimal = (type: string) => ({ patchbay: 1, kind: 'authentication_method', name: 'x', type })

describe('The published JSON Schema', () => {
  it('matches the source: `npm run schema` writes it', () => {
    expect(JSON.parse(published)).toEqual(JSON.parse(JSON.stringify(documentJsonSchema())))
  })

  it.each(Object.keys(authenticationTypes))('accepts the shortest document of the type %s, like the import', (type) => {
    expect(accepts(minimal(type))).toBe(true)
    expect(parseConnectionDocument(JSON.stringify(minimal(type)))).toMatchObject({ ok: true })
  })

  it.each([
    ['another version', { ...minimal('basic'), patchbay: 2 }],
    ['an unknown type', minimal('ntlm')],
    ['an unknown key', { ...minimal('basic'), surprise: 1 }],
    ['an option of another type', { ...minimal('basic'), options: { pkce: 'off' } }],
    ['an option with an unknown word', { ...minimal('oauth2_authorization_code'), options: { pkce: 'maybe' } }],
    [
      'six token requests',
      { ...minimal('token_exchange'), requests: { exchange: Array.from({ length: 6 }, () => ({})) } },
    ],
    [
      'a parameter that is sent with no request',
      { ...minimal('basic'), parameters: [{ in: 'header', key: 'a', sentWith: [] }] },
    ],
  ])('refuses %s, like the import', (_what, document) => {
    expect(accepts(document)).toBe(false)
    expect(parseConnectionDocument(JSON.stringify(document))).toMatchObject({ ok: false, error: { field: 'document' } })
  })
})
