import { describe, expect, it } from 'vitest'
import { readVariable } from '@/components/variables/variable-draft'
import type { VariableView } from '@/lib/variables/views'
import { aVariable } from '@/tests/support/definition-builders'

/** The fields of a locked variable for key and secrecy are disabled, so the form does not send them. */

function formOf(fields: Record<string, string>): FormData {
  const data = new FormData()
  for (const [name, value] of Object.entries(fields)) data.set(name, value)
  return data
}

const view = (given: Parameters<typeof aVariable>[1]) =>
  ({
    ...aVariable('private_key', { locked: true, required: true, secret: true, ...given }),
    instancesWithValue: 0,
    effectiveDefault: '',
  }) as unknown as VariableView

describe('A locked variable in the form (rule R13)', () => {
  const typed = { displayName: 'Key', helpText: 'help', alias: '', defaultValue: '', inputKind: 'multiline' }

  it('keeps its key and secrecy, and sends everything else', () => {
    const sent = readVariable(formOf({ ...typed, advanced: 'on', pattern: 'a+' }), view({}))
    expect(sent).toMatchObject({
      ...{ key: 'private_key', displayName: 'Key', helpText: 'help', inputKind: 'multiline' },
      ...{ required: false, configurable: false, advanced: true, secret: true, pattern: 'a+' },
    })
  })

  it('has no default value if it is secret, but may have one otherwise', () => {
    expect(readVariable(formOf({ ...typed, defaultValue: 'x' }), view({})).defaultValue).toBe('')
    expect(readVariable(formOf({ ...typed, defaultValue: 'x' }), view({ secret: false })).defaultValue).toBe('x')
  })
})
