import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { unreadableInput } from '@/lib/domain/refusals'
import { idOf, idToFind, readInput, revisionField } from '@/lib/operations/input'
import { asTyped, nameField } from '@/lib/domain/text-schema'
import { hostileRevisions } from '@/tests/support/hostile-inputs'

const schema = z.strictObject({ connectorId: idOf('connector'), name: nameField, timeoutSeconds: z.int().default(30) })
const connectorId = '01930000-0000-7000-8000-000000000000'

describe('The input of an operation', () => {
  it('is read with its defaults', () => {
    expect(readInput(schema, { connectorId, name: ' Orders ' })).toEqual({
      ok: true,
      value: { connectorId, name: 'Orders', timeoutSeconds: 30 },
    })
  })

  it('names every invalid field with the message of the schema', () => {
    const refused = readInput(z.strictObject({ name: nameField, label: nameField }), { name: '', label: '' })
    expect(refused).toEqual({
      ok: false,
      error: {
        code: 'invalid_input',
        field: 'name',
        message: 'Enter a name.',
        fields: { name: 'Enter a name.', label: 'Enter a name.' },
      },
    })
  })

  it.each([
    [undefined],
    [null],
    ['text'],
    [[]],
    [{ connectorId, name: 'x', locked: true }],
    [{ connectorId, name: 7 }],
  ])('that none of our forms would send is refused with a readable message: %j', (input) => {
    expect(readInput(schema, input)).toMatchObject({
      ok: false,
      error: { code: 'invalid_input', message: 'This could not be read. Reload the page and try again.' },
    })
  })

  it.each<[unknown, string, string | undefined]>([
    [undefined, 'The input is missing. It has to be an object.', undefined],
    ['text', 'The input has to be an object, not text.', undefined],
    [{ connectorId, name: 'x', locked: true }, 'The input has no property “locked”. Leave it out.', undefined],
    [{ connectorId }, '“name” is missing. It has to be text.', 'name'],
    [{ connectorId, name: null }, '“name” has to be text, not null.', 'name'],
    [
      { connectorId, name: 'x', timeoutSeconds: 1.5 },
      '“timeoutSeconds” has to be a whole number, not a number.',
      'timeoutSeconds',
    ],
    [{ connectorId, name: 'x', details: { zone: 3 } }, '“details.zone” has to be "UTC" or "CET".', 'details.zone'],
    [{ connectorId, name: 'x', details: { tags: 'abc' } }, '“details.tags” is too long: at most 2.', 'details.tags'],
  ])('of a program is refused with what is wrong: %j', (input, message, field) => {
    const details = z.strictObject({ zone: z.enum(['UTC', 'CET']).optional(), tags: z.string().max(2).optional() })
    const refused = readInput(schema.extend({ details: details.optional() }), input, 'program')
    expect(refused).toMatchObject({ ok: false, error: { code: 'invalid_input', message } })
    expect(refused.ok ? null : refused.error.field).toBe(field)
  })

  it('of a program is refused with the message of the schema, if it has one', () => {
    expect(readInput(schema, { connectorId, name: '' }, 'program')).toMatchObject({
      error: { message: 'Enter a name.' },
    })
  })

  it.each(['', 'nonsense', "' or 1=1", `${connectorId}x`])('with the search text %j finds nothing', (text) => {
    expect(readInput(z.strictObject({ id: idToFind }), { id: text })).toEqual({
      ok: true,
      value: { id: '00000000-0000-0000-0000-000000000000' },
    })
  })

  it('with an id as search text finds that id', () => {
    expect(readInput(idToFind, connectorId)).toEqual({ ok: true, value: connectorId })
  })

  it('with a text that cannot be an id is treated like an id that does not exist', () => {
    expect(readInput(schema, { connectorId: 'nonsense', name: '' })).toMatchObject({
      ok: false,
      error: {
        code: 'not_found',
        message: 'This connector does not exist in your workspace; it may have been deleted.',
      },
    })
  })

  it.each([...hostileRevisions, -hostileRevisions[0]!, 0, 1.5, Number.NaN, Infinity, '1', null])(
    'with an impossible revision cannot be read: %s',
    (revision) => {
      const refused = readInput(z.strictObject({ revision: revisionField }), { revision })
      expect(refused).toMatchObject({ ok: false, error: { message: unreadableInput, field: 'revision' } })
    },
  )

  it('accepts revisions up to the largest that the database can store, also as text from a form', () => {
    expect(readInput(revisionField, 2 ** 31 - 1)).toEqual({ ok: true, value: 2_147_483_647 })
    expect(readInput(asTyped(revisionField), '2147483647')).toEqual({ ok: true, value: 2_147_483_647 })
    for (const typed of ['2147483648', '', '1e3', 'x'])
      expect(readInput(asTyped(revisionField), typed)).toMatchObject({ ok: false, error: { message: unreadableInput } })
  })
})
