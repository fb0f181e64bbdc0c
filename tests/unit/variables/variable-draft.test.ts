import { describe, expect, it } from 'vitest'
import { readVariable } from '@/components/variables/variable-draft'
import type { VariableView } from '@/lib/variables/views'
import { aVariable } from '@/tests/support/definition-builders'

/** What the form of a variable sends. Fields of a locked variable that cannot change are disabled: they send nothing. */

function formOf(fields: Record<string, string>): FormData {
  const data = new FormData()
  for (const [name, value] of Object.entries(fields)) data.set(name, value)
  return data
}

const view = (given: Parameters<typeof aVariable>[1]) =>
  ({
    ...aVariable('private_key', { locked: true, required: true, secret: true, ...given }),
    instancesWithValue: 0,
  }) as unknown as VariableView

describe('A locked variable in the form (rule R13)', () => {
  const typed = { displayName: 'Key', helpText: 'help', alias: '', defaultValue: '' }

  it('sends its names, and whether its text has one line or several', () => {
    expect(readVariable(formOf({ ...typed, inputKind: 'multiline' }), view({}))).toMatchObject({
      ...{ key: 'private_key', displayName: 'Key', helpText: 'help', inputKind: 'multiline' },
      ...{ required: true, secret: true, pattern: '' },
    })
  })

  it('keeps its kind where it is no text', () => {
    expect(readVariable(formOf(typed), view({ inputKind: 'url' })).inputKind).toBe('url')
  })
})
