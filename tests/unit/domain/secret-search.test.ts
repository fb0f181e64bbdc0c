import { describe, expect, it } from 'vitest'
import { base64, base64url, hexOfBytes, percentEncode, utf8, xmlEscape } from '@/lib/domain/encoding'
import { createRedactor, secretMask } from '@/lib/domain/redaction'
import { createSecretSearch } from '@/lib/domain/secret-search'
import { SecretBook } from '@/lib/domain/secret-book'

const secrets = {
  uuid: '3f1c9a52-7be4-4d0a-9c55-0f6c1d2e8a77',
  hexKey: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b',
  base64Key: 'q+7/Zm9v+Yz/0aP1x9Kd8w==',
  jwt: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c',
  signs: `p<a>s&s "w'o\\rd 7`,
  nonAscii: 'Grüße-Ωμέγας-пароль-鍵😀9',
  percent: '100%25 of %41 %2Fkey',
  entities: 'fish&amp;chips&#65;&lt;x',
  escapes: 'domain\\new\\u0041\\x42\\table9',
  pemLine: 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj',
  digits: '4929123456781234',
  form: 'a+b=c&d=e f/g?h#i',
}

const allLetters = 'correcthorsebatterystaple'

type Encode = (secret: string) => string

/** Each of its characters, or its UTF-16 units, in another notation. */
function each(secret: string, write: (character: string) => string): string {
  return [...secret].map(write).join('')
}

const code = (character: string) => character.codePointAt(0)!
const units = (secret: string, write: (unit: number) => string) =>
  secret.split('').map((unit) => write(unit.charCodeAt(0)))
const hexOf = (number: number, length = 1) => number.toString(16).padStart(length, '0')
const bytePercents: Encode = (secret) => hexOfBytes(utf8(secret)).replace(/../g, '%$&')
const unicodeEscapes: Encode = (secret) => units(secret, (unit) => `\\u${hexOf(unit, 4)}`).join('')
const jsonEscape: Encode = (secret) => JSON.stringify(secret).slice(1, -1)

const encodings: Record<string, Encode> = {
  plain: (secret) => secret,
  'small hexadecimal': (secret) => hexOfBytes(utf8(secret)),
  'capital hexadecimal': (secret) => hexOfBytes(utf8(secret)).toUpperCase(),
  'capital letters': (secret) => each(secret, (character) => capital(character)),
  'small letters': (secret) => secret.toLowerCase(),
  'percent-encoding': percentEncode,
  'percent-encoding of every byte': bytePercents,
  'percent-encoding of every byte, capital': (secret) => bytePercents(secret).toUpperCase(),
  'percent-encoding twice': (secret) => percentEncode(percentEncode(secret)),
  'percent-encoding of every byte, twice': (secret) => bytePercents(bytePercents(secret)),
  'entities where needed': xmlEscape,
  'entities as most frameworks write them': (secret) =>
    xmlEscape(secret).replaceAll('&apos;', '&#39;').replaceAll('&quot;', '&#x22;'),
  'decimal entities': (secret) => each(secret, (character) => `&#${code(character)};`),
  'decimal entities with zeros': (secret) =>
    each(secret, (character) => `&#${String(code(character)).padStart(8, '0')};`),
  'hexadecimal entities': (secret) => each(secret, (character) => `&#x${hexOf(code(character))};`),
  'capital hexadecimal entities': (secret) =>
    each(secret, (character) => `&#X${hexOf(code(character)).toUpperCase()};`),
  'escapes of JSON': jsonEscape,
  'escapes of JSON in JSON': (secret) => jsonEscape(jsonEscape(secret)),
  'unicode escapes': unicodeEscapes,
  'capital unicode escapes': (secret) => units(secret, (unit) => `\\u${hexOf(unit, 4).toUpperCase()}`).join(''),
  'unicode escapes for some characters': (secret) =>
    secret.replace(/[^A-Za-z0-9 ]/g, (unit) => `\\u${hexOf(unit.charCodeAt(0), 4)}`),
  'escapes of two digits': (secret) =>
    units(secret, (unit) => (unit < 256 ? `\\x${hexOf(unit, 2)}` : `\\u${hexOf(unit, 4)}`)).join(''),
  'escapes of two digits for every byte': (secret) => hexOfBytes(utf8(secret)).replace(/../g, '\\x$&'),
  'unicode escapes in JSON': (secret) => jsonEscape(unicodeEscapes(secret)),
  base64,
  base64url,
  'base64 of base64': (secret) => base64(base64(secret)),
  'base64url of base64url': (secret) => base64url(base64url(secret)),
  'percent-encoded base64': (secret) => percentEncode(base64(secret)),
  'mixed notations': (secret) =>
    [bytePercents, unicodeEscapes, (part: string) => each(part, (character) => `&#${code(character)};`)]
      .map((encode, index) => encode([...secret].slice(index * 6, index === 2 ? undefined : index * 6 + 6).join('')))
      .join(''),
}

/** Capital letters, one for each small letter: a sharp s has no capital letter in most languages. */
function capital(character: string): string {
  const upper = character.toUpperCase()
  return upper.length === character.length ? upper : character
}

const everySecret = Object.entries({ ...secrets, allLetters })
const { body, headers, url, text } = createRedactor({
  secrets: SecretBook.of(...everySecret.map(([, value]) => value)),
})

describe('A secret that a third party repeats in another notation is redacted (DATA §10)', () => {
  it.each(Object.keys(encodings))('in %s', (name) => {
    const encode = encodings[name]!
    for (const [kind, secret] of everySecret) {
      const form = encode(secret)
      const seen = {
        kind,
        text: text(`before ${form} after`),
        json: body(`{"id":7,"echo":"${form}","next":"Tom &amp; \\"Ann\\" 50%25"}`),
        xml: body(`<r><echo>${form}</echo><x>Tom &amp; Ann</x></r>`),
        header: headers([['X-Echo', `before ${form}; after`]]),
        url: url(`https://api.acme.test/a%20b/${form}/c%2Fd`),
      }
      expect(seen).toEqual({
        kind,
        text: `before ${secretMask} after`,
        json: `{"id":7,"echo":"${secretMask}","next":"Tom &amp; \\"Ann\\" 50%25"}`,
        xml: `<r><echo>${secretMask}</echo><x>Tom &amp; Ann</x></r>`,
        header: [['X-Echo', `before ${secretMask}; after`]],
        url: `https://api.acme.test/a%20b/${secretMask}/c%2Fd`,
      })
    }
  })

  it('inside the base64 of base64 of a longer text, at any offset', () => {
    for (let length = 0; length < 9; length += 1) {
      const whole = base64(base64(`${'u'.repeat(length)}:${secrets.uuid}:tail`))
      expect(text(whole)).toContain(secretMask)
      expect(text(whole).length).toBeLessThan(whole.length - 50)
    }
  })
})

describe('Text that only looks like a secret is not redacted', () => {
  it('a word that differs in case, which may be at the start of a sentence', () => {
    const shown = createRedactor({ secrets: SecretBook.of('token', 'customer', 'administration') })
    expect(shown.text('TOKEN Customer Administration token customer')).toBe(
      `TOKEN Customer Administration ${secretMask} ${secretMask}`,
    )
  })

  it('a short value that differs in case', () => {
    expect(createRedactor({ secrets: SecretBook.of('ab-12') }).text('AB-12 ab-12')).toBe(`AB-12 ${secretMask}`)
  })

  it('text that matches only a secret that is too short after unescaping', () => {
    expect(createRedactor({ secrets: SecretBook.of('%41%42') }).text('AB, %41%42')).toBe(`AB, ${secretMask}`)
  })

  it('escapes around a secret, and invalid escapes', () => {
    const around = '%zz \\q &unknown; &#; &#xffffffff; %e9 %f8 \\u12 & %'
    expect(text(around)).toBe(around)
    expect(text(`${around}${secrets.uuid}${around}`)).toBe(`${around}${secretMask}${around}`)
  })
})

it('A percent-encoded secret is found after a backslash, although the backslash looks like part of an escape', () => {
  const find = createSecretSearch(['name/of+it'])
  expect(find('C:\\name%2Fof%2Bit')).toEqual([[3, 17]])
})

describe('A span refers to the original text', () => {
  const find = createSecretSearch(['s3cret-value'])

  it('through several layers of escapes', () => {
    const form = percentEncode(bytePercents('s3cret-value'))
    expect(find(`%20é%C3%A9${form}%20`)).toEqual([[10, 10 + form.length]])
  })

  it('even if changing the case of the text could change its length', () => {
    expect(find('İİΣ S3CRET-VALUE')).toEqual([[4, 16]])
  })

  it('only İ has a small letter that is longer', () => {
    const longer = Array.from({ length: 0x10000 }, (_, unit) => String.fromCharCode(unit)).filter(
      (character) => character.toLowerCase().length !== 1,
    )
    expect(longer).toEqual(['İ'])
  })
})
