import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { changesOf, pickFields, withDefaults } from '@/lib/domain/field-list'

const fields = { name: z.string(), body: z.string(), settings: z.record(z.string(), z.json()) }
const before = { name: 'Orders', body: '{}', settings: { type: 'page', first: 1 } }

describe('A list of fields', () => {
  it('takes its own of what has more', () => {
    expect(pickFields(fields, { ...before, id: 1, revision: 2 } as typeof before)).toEqual(before)
  })

  it('tells what changed, of long fields only that they did', () => {
    const after = { ...before, name: 'Invoices', body: '[]' }
    expect(changesOf(fields, before, after, ['body'])).toEqual({
      name: { from: 'Orders', to: 'Invoices' },
      body: 'changed',
    })
  })

  it('sees no change in another order of keys', () => {
    expect(changesOf(fields, before, { ...before, settings: { first: 1, type: 'page' } })).toEqual({})
  })

  it('lets fields with a default be left out, and no other', () => {
    const schema = z.strictObject(withDefaults(fields, { body: '', settings: {} }))
    expect(schema.parse({ name: 'Orders' })).toEqual({ name: 'Orders', body: '', settings: {} })
    expect(schema.safeParse({ body: '' }).success).toBe(false)
  })
})
