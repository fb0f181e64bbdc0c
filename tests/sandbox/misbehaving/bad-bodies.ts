import { gzipSync } from 'node:zlib'
import { known } from '../known'
import type { BadResponse, Shown } from './bad-response'

/** Responses in valid HTTP whose bodies are expensive, deceptive or broken. The large ones are nearly 10 MB. */

const megabyte = 1_000_000
const [json, xml, form] = ['application/json', 'application/xml', 'application/x-www-form-urlencoded']

type Body = {
  does: string
  body: () => string | Buffer
  type?: string
  headers?: Record<string, string>
  outcome: Shown
}

const fill = (text: string, bytes: number) => text.repeat(Math.floor(bytes / text.length))
const list = (count: number, item: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => item(index))

const text = (begins?: string): Shown => ({ isJson: false, ...(begins !== undefined && { begins }) })
const longText = (begins: string): Shown => ({ isJson: false, truncated: true, begins })
const tooDeep = (begins: string): Shown => ({ ...longText(begins), problem: 'nested too deeply' })

const bodies: Record<string, Body> = {
  'nested-brackets': {
    does: 'sends 9.8 million opening brackets',
    body: () => '['.repeat(9.8 * megabyte),
    outcome: tooDeep('[[[['),
  },
  'nested-brackets-gzip': {
    does: 'sends 9.8 million opening brackets in 10 kB of gzip',
    body: () => gzipSync('['.repeat(9.8 * megabyte)),
    headers: { 'content-encoding': 'gzip' },
    outcome: tooDeep('[[[['),
  },
  'nested-lists': {
    does: 'sends lists in lists, 4.9 million levels, all of them closed',
    body: () => '['.repeat(4.9 * megabyte) + ']'.repeat(4.9 * megabyte),
    outcome: tooDeep('[[[['),
  },
  'nested-objects': {
    does: 'sends objects in objects, a million levels',
    body: () => '{"a":'.repeat(megabyte) + '1' + '}'.repeat(megabyte),
    outcome: tooDeep('{"a":{"a":'),
  },
  'small-nested-lists': {
    does: 'sends lists in lists, 32,000 levels',
    body: () => '['.repeat(32_000) + ']'.repeat(32_000),
    outcome: { isJson: false, begins: '[[[[', problem: 'nested too deeply' },
  },
  'many-records': {
    does: 'sends 900,000 records',
    body: () => `[${list(900_000, (id) => `{"i":${id % 10}}`).join(',')}]`,
    outcome: { isJson: true, recordCount: 900_000, truncated: true, begins: '[{"i":0},' },
  },
  'many-values': {
    does: 'sends 3 million empty objects',
    body: () => `[${'{},'.repeat(3 * megabyte)}{}]`,
    outcome: { ...longText('[{},{},'), problem: 'too many values' },
  },
  'long-text': {
    does: 'sends one text of 9 MB',
    body: () => `{"text":"${'x'.repeat(9 * megabyte)}"}`,
    outcome: { isJson: true, truncated: true, begins: '{"text":"xxx' },
  },
  'long-number': {
    does: 'sends one number of 9 million digits',
    body: () => `{"number":${'1'.repeat(9 * megabyte)}}`,
    outcome: { isJson: true, truncated: true, begins: '{"number":111' },
  },
  'many-keys': {
    does: 'sends an object of 500,000 keys',
    body: () => `{${list(500_000, (index) => `"key-${index}":1`).join(',')}}`,
    outcome: { isJson: true, truncated: true, begins: '{"key-0":1,' },
  },
  'duplicate-keys': {
    does: 'sends an object with one key a million times',
    body: () => `{${list(megabyte, () => '"a":1').join(',')}}`,
    outcome: { isJson: true, truncated: true, begins: '{"a":1,"a":1' },
  },
  'prototype-keys': {
    does: 'sends keys that are the names of prototypes',
    body: () => '{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}},"toString":1}',
    outcome: { isJson: true, begins: '{"__proto__":' },
  },
  'not-a-number': {
    does: 'sends NaN and Infinity',
    body: () => '{"total":NaN,"most":Infinity}',
    outcome: text('{"total":NaN'),
  },
  'json-lines': {
    does: 'sends 100,000 lines, each an object',
    body: () => list(100_000, (id) => `{"id":${id}}\n`).join(''),
    outcome: longText('{"id":0}\n'),
  },
  'invalid-utf-8': {
    does: 'sends bytes that are not UTF-8',
    body: () => Buffer.from([0xff, 0xfe, 0x00, 0x7b, 0xc3, 0x28, 0x5b]),
    outcome: text('\ufffd\ufffd'),
  },
  'byte-order-mark': {
    does: 'sends JSON behind a byte order mark',
    body: () => '\ufeff[{"id":1}]',
    outcome: { isJson: true, recordCount: 1, begins: '[{"id":1}]' },
  },
  'utf-16': {
    does: 'sends JSON in UTF-16 and declares it',
    body: () => Buffer.from('[{"id":1}]', 'utf16le'),
    type: 'application/json; charset=utf-16le',
    outcome: text('[\0{\0'),
  },
  'wrong-charset': {
    does: 'sends UTF-8 and declares an unknown character set',
    body: () => '[{"name":"Zoë"}]',
    type: 'application/json; charset=klingon',
    outcome: { isJson: true, recordCount: 1, begins: '[{"name":"Zoë"}]' },
  },
  'wrong-content-type': {
    does: 'sends JSON as an image',
    body: () => '[{"id":1}]',
    type: 'image/png',
    outcome: { isJson: true, recordCount: 1, begins: '[{"id":1}]' },
  },
  'nul-bytes': {
    does: 'sends 9 million zeros',
    body: () => Buffer.alloc(9 * megabyte),
    outcome: longText('\0\0'),
  },
  'deep-xml': {
    does: 'sends elements in elements, 3 million levels',
    body: () => '<a>'.repeat(3 * megabyte),
    type: xml,
    outcome: longText('<a><a>'),
  },
  'entity-bomb': {
    does: 'sends XML whose entities grow to gigabytes',
    body: () => {
      const entities = list(10, (index) => `<!ENTITY l${index + 1} "${`&l${index};`.repeat(10)}">`)
      return `<!DOCTYPE l [<!ENTITY l0 "lol">${entities.join('')}]><l>&l10;</l>`
    },
    type: xml,
    outcome: text('<!DOCTYPE l'),
  },
  'many-attributes': {
    does: 'sends an element of 70,000 attributes',
    body: () => `<a ${list(70_000, (index) => `a${index}="x"`).join(' ')}/>`,
    type: xml,
    outcome: text('<a a0="x"'),
  },
  'many-elements': {
    does: 'sends 250,000 elements of one name',
    body: () => `<r>${'<a/>'.repeat(250_000)}</r>`,
    type: xml,
    outcome: longText('<r><a/>'),
  },
  'small-many-elements': {
    does: 'sends 16,000 elements of one name in 64 kB',
    body: () => `<r>${'<a/>'.repeat(16_000)}</r>`,
    type: xml,
    outcome: text('<r><a/>'),
  },
  'huge-cdata': {
    does: 'sends 9 MB of CDATA without an end',
    body: () => `<a>${fill('<![CDATA[', 9 * megabyte)}</a>`,
    type: xml,
    outcome: longText('<a><![CDATA['),
  },
  'many-pairs': {
    does: 'sends a form of 1.5 million pairs',
    body: () => list(1.5 * megabyte, (index) => `a${index % 100}=1`).join('&'),
    type: form,
    outcome: longText('a0=1&a1=1'),
  },
  'form-garbage': {
    does: 'sends a form of broken percent signs',
    body: () => `a=${fill('%%zz%f&%=', 5 * megabyte)}`,
    type: form,
    outcome: longText('a=%%zz%f&'),
  },
  'long-html': {
    does: 'sends a page of 5 MB',
    body: () => `<!doctype html><html><title>Sign in</title>${fill('<p>hello</p>', 5 * megabyte)}</html>`,
    type: 'text/html',
    outcome: longText('<!doctype html>'),
  },
  multipart: {
    does: 'sends 50,000 parts',
    body: () => list(50_000, (index) => `--x\r\ncontent-id: ${index}\r\n\r\n{}\r\n`).join(''),
    type: 'multipart/mixed; boundary=x',
    outcome: longText('--x\r\n'),
  },
  'near-secrets': {
    does: 'sends almost the password, again and again',
    body: () => fill(known.basic.password.slice(0, -1), 9 * megabyte),
    type: 'text/plain',
    outcome: longText(known.basic.password.slice(0, -1)),
  },
  'repeated-secret': {
    does: 'sends the password 100,000 times',
    body: () => list(100_000, () => known.basic.password).join(' '),
    type: 'text/plain',
    outcome: { isJson: false, truncated: true, begins: '•••••• ••••••' },
  },
  'unicode-escapes': {
    does: 'sends 9 MB of escapes of JSON',
    body: () => `["${fill('\\u0061', 9 * megabyte)}"]`,
    outcome: { isJson: true, recordCount: 1, truncated: true, begins: '["\\u0061' },
  },
  'percent-escapes': {
    does: 'sends 9 MB of doubly encoded percent signs',
    body: () => fill('%252561', 9 * megabyte),
    type: 'text/plain',
    outcome: longText('%252561'),
  },
  'entity-escapes': {
    does: 'sends 9 MB of character references',
    body: () => fill('&amp;#97;', 9 * megabyte),
    type: 'text/plain',
    outcome: longText('&amp;#97;'),
  },
}

/** Created once, because that takes longer than sending them. */
const made = new Map<string, Buffer>()

function bodyOf(name: string, row: Body): Buffer {
  const body = made.get(name) ?? Buffer.from(row.body())
  made.set(name, body)
  return body
}

export const badBodies: BadResponse[] = Object.entries(bodies).map(([name, row]) => ({
  name,
  does: row.does,
  respond: ({ response }) => {
    const body = bodyOf(name, row)
    response.writeHead(200, {
      'content-type': row.type ?? json,
      'content-length': body.byteLength,
      ...row.headers,
    })
    response.end(body)
  },
  outcome: row.outcome,
}))
