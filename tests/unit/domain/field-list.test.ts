import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { pickFields, withDefaults } from '@/lib/domain/field-list'

const fields = { name: z.string(), body: z.string(), settings: z.record(z.string(), z.json()) }
const before = { name: 'Orders', body: '{}', settings: { type: 'page', first: 1 } }

describe('A list of fields', () => {
  it('picks its fields from an object with more fields', () => {
    expect(pickFields(fields, { ...before, id: 1, revision: 2 } as typeof before)).toEqual(before)
  })

  it('makes only fields with a default optional', () => {
    const schema = z.strictObject(withDefaults(fields, { body: '', settings: {} }))
    expect(schema.parse({ name: 'Orders' })).toEqual({ name: 'Orders', body: '', settings: {} })
    expect(schema.safeParse({ body: '' }).success).toBe(false)
  })
})
