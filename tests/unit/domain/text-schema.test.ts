import { describe, expect, it, test } from 'vitest'
import { z } from 'zod'
import { anyText, asTyped, label, line, linkField, nameField, nameOr, text } from '@/lib/domain/text-schema'
import { brokenTexts, unseenCharacters } from '@/tests/support/hostile-inputs'

/** The message beside the field; null if the text is accepted. */
const refusal = (schema: z.ZodType, given: unknown) => schema.safeParse(given).error?.issues[0]?.message ?? null

const message = 'Enter a whole number between 1 and 9, or leave it empty.'
const number = asTyped(z.number(message).int(message).min(1, message).max(9, message).nullable())

test.each<[unknown, number | null]>([
  [5, 5],
  ['5', 5],
  [' 5 ', 5],
  ['', null],
  ['  ', null],
  [null, null],
])('%j is read as %j', (given, read) => {
  expect(number.safeParse(given)).toMatchObject({ success: true, data: read })
})

test.each([0, 10, 1.5, Number.NaN, '0', '10', '1.5', '-1', '1e0', '0x5', '٥', '5 6', '5'.repeat(21), true, {}])(
  '%j is refused with the field’s own message',
  (given) => {
    expect(number.safeParse(given).error?.issues.map((issue) => issue.message)).toEqual([message])
  },
)

test('an empty field is not a number', () => {
  expect(asTyped(z.number('Enter a number.')).safeParse('').error?.issues[0]?.message).toBe('Enter a number.')
})

test('a missing key does not count as empty', () => {
  expect(z.strictObject({ number }).safeParse({}).success).toBe(false)
})

const texts = { anyText: anyText(100), text: text(100), line: line(100), label: label(100), nameField, linkField }

describe.each(Object.entries(texts))('%s', (name, schema) => {
  it.each(brokenTexts)('refuses half of a surrogate pair: %j', (broken) => {
    const typed = name === 'linkField' ? `https://docs.acme.test/${broken}` : broken
    expect(refusal(schema, typed)).toBe('This text contains a broken character. Remove it.')
  })

  it('accepts characters of two code units', () => {
    const typed = name === 'linkField' ? 'https://docs.acme.test/😀' : 'Orders 😀 𝒳'
    expect(schema.parse(typed)).toBe(typed)
  })
})

describe('A name', () => {
  // Shows D5.
  it.each(unseenCharacters)('with a hidden character is refused: %j', (character) => {
    for (const typed of [`Ord${character}ers`, `${character}Orders`, `Orders${character}`, character]) {
      for (const schema of [nameField, nameOr('Enter your name.'), label(120)])
        expect(refusal(schema, typed)).toBe('This name contains an invisible character. Remove it.')
      expect(refusal(text(120), typed)).toBeNull()
    }
  })

  it.each(['\u00ad', '\u00a0\u3164', '\u2800', '\u034f', '\ufe0f', '\u{e0041}', '\u061c'])(
    'without a visible character is refused: %j',
    (typed) => {
      for (const schema of [nameField, label(120)])
        expect(refusal(schema, typed)).toMatch(/^(This name has no visible character\.|Enter a name\.)/)
    },
  )

  it('that consists of spaces is missing; a label may be empty', () => {
    expect(refusal(nameField, ' \u00a0 ')).toBe('Enter a name.')
    expect(refusal(nameOr('Enter your name.'), '')).toBe('Enter your name.')
    expect(label(120).parse('  ')).toBe('')
  })

  it.each(['Aufträge für Händler', 'سفارش', '注文', '✈\ufe0f Travel', '!', 'é', 'a\u00adb'])(
    'may have any letters and signs: %j',
    (typed) => expect(nameField.parse(` ${typed} `)).toBe(typed),
  )
})

describe('A link', () => {
  it.each([
    ['https://dana:secret@docs.acme.test', /user name and the password/],
    ['https://dana@docs.acme.test/', /user name and the password/],
    ['https://:secret@docs.acme.test/', /user name and the password/],
    ['https:\\\\dana:secret@docs.acme.test/', /starts with https/],
    ['https://docs.acme.test/\nX', /single line/],
    ['https://docs.acme.test/\r\nX', /single line/],
    ['https://docs.acme.test/\tX', /single line/],
    ['https://docs.acme.test/\u2028X', /single line/],
    ['https://docs.acme.test/a b', /spaces/],
    ['https://docs.acme.test/\u0085', /spaces/],
    ['https://docs.acme.test/\0', /Control characters/],
    ['javascript:alert(1)', /starts with https/],
    ['//docs.acme.test', /starts with https/],
  ])('%j is refused', (typed, message) => expect(refusal(linkField, typed)).toMatch(message))

  it.each(['', 'https://docs.acme.test', 'http://docs.acme.test:8080/a?b=c@d#e:f@g'])('%j is accepted', (typed) => {
    expect(linkField.parse(typed)).toBe(typed)
  })
})
