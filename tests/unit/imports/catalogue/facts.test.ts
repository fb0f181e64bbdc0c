import { describe, expect, it } from 'vitest'
import { presetOf } from '@/lib/imports/read-catalogue'

const today = '2026-12-01'
const file = (facts: string) => `${facts}patchbay: 2\nkind: connector\nname: Acme\n`
const facts = (checked: string, sources: string) => `facts: { checked: ${checked}, sources: ${sources} }\n`
const read = (source: string) => () => presetOf('acme.yaml', source, today)

describe('A file of the catalogue says where its facts come from', () => {
  it('beside the connection document', () => {
    const sources = ['https://docs.acme.test/auth', 'https://docs.acme.test/orders']
    expect(read(file(facts('2026-12-01', `[${sources.join(', ')}]`)))()).toMatchObject({
      key: 'acme',
      document: { name: 'Acme' },
      facts: { checked: '2026-12-01', sources },
    })
    expect(read(file(facts('null', '[https://docs.acme.test/auth]')))().facts.checked).toBeNull()
  })

  it.each([
    ['no facts', ''],
    ['a day in the future', facts('2026-12-02', '[https://docs.acme.test]')],
    ['no day', facts('soon', '[https://docs.acme.test]')],
    ['no source', facts('2026-12-01', '[]')],
    ['a source without encryption', facts('2026-12-01', '[http://docs.acme.test]')],
    ['a source that is no address', facts('2026-12-01', '[the documentation]')],
  ])('and is refused with %s', (_, given) => {
    expect(read(file(given))).toThrow(/acme\.yaml: facts:/)
  })
})
