import { describe, expect, it } from 'vitest'
import { parseConnectionDocument } from '@/lib/imports/parse-document'

const message = (source: string) => {
  const parsed = parseConnectionDocument(source)
  return parsed.ok ? 'accepted' : parsed.error.message
}

describe('A connection document', () => {
  it('can be YAML or JSON', () => {
    const yaml = 'patchbay: 1\nkind: authentication_method\ntype: basic\nname: basic auth\n'
    const json = '{"patchbay": 1, "kind": "authentication_method", "type": "basic", "name": "basic auth"}'
    expect(parseConnectionDocument(yaml)).toEqual(parseConnectionDocument(json))
    expect(message(yaml)).toBe('accepted')
  })

  it('that cannot be parsed gives an error with the line', () => {
    expect(message('patchbay: 1\nname: [a\n')).toMatch(/^Line \d+, column \d+: not valid JSON or YAML/)
    expect(message('a: 1\na: 2\n')).toMatch(/^Line 2/)
  })

  it.each(['', 'just text', '[]', '1', 'kind: flow', '{}'])('is not %j', (source) => {
    expect(message(source)).toContain('Not a connection document')
  })

  it('gives errors with the path', () => {
    expect(
      message(
        'patchbay: 1\nkind: authentication_method\ntype: basic\nname: x\nrequests:\n  verify:\n    method: FETCH\n',
      ),
    ).toContain('requests.verify')
    expect(
      message(
        'patchbay: 1\nkind: connector\nname: x\nmethods:\n  - {name: a, type: token, options: {placement: {place: trailer, key: a, value: b}}}\n',
      ),
    ).toContain('methods.0')
  })

  it('cannot grow excessively through aliases', () => {
    const levels = Array.from(
      { length: 9 },
      (_, level) =>
        `l${level}: &l${level} [${level === 0 ? '"x"' : Array.from({ length: 9 }, () => `*l${level - 1}`).join(', ')}]`,
    )
    expect(message(levels.join('\n'))).toContain('aliases')
  })

  it('cannot change a prototype', () => {
    expect(message('{"__proto__": {"kind": "connector"}, "patchbay": 1}')).toContain('Not a connection document')
    expect(({} as Record<string, unknown>).kind).toBeUndefined()
  })

  it('of more than a million characters is not parsed', () => {
    expect(message(`# ${'x'.repeat(1_000_001)}`)).toContain('1,000,000')
  })
})
