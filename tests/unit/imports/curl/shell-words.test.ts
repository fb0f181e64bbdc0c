import { describe, expect, it } from 'vitest'
import { readCommand } from '@/lib/imports/curl/read-command'
import { shellWords } from '@/lib/imports/curl/shell-words'
import { windowsWords } from '@/lib/imports/curl/windows-words'
import { mayBeCurl } from '@/lib/imports/curl/may-be-curl'
import { parametersOf, readCurl } from './read-curl'

const words = (source: string) => {
  const split = shellWords(source)
  return split.ok ? split.value.words : [split.error.message]
}

describe('the words of a command', () => {
  it.each([
    [`a 'b c' "d e" f\\ g`, ['a', 'b c', 'd e', 'f g']],
    [`'it'\\''s' "a\\"b\\\\c\\$d\\n"`, [`it's`, 'a"b\\c$d\\n']],
    [`$'a\\n\\t\\'\\\\ \\x41\\101\\u00e9\\xc3\\xa9\\U1F600\\uD83D\\uDE00'`, [`a\n\t'\\ AAéé😀😀`]],
    [`a \\\n  b\\\nc \\  \n d`, ['a', 'bc', 'd']],
    [`a\\\r\n b`, ['a', 'b']],
    [`'' "" a`, ['', '', 'a']],
    [`a # comment`, ['a']],
    [`https://a.test/#x`, ['https://a.test/#x']],
    [`https://a.test/?a=1&b=2 -s`, ['https://a.test/?a=1&b=2', '-s']],
    [`"a\\\nb"`, ['ab']],
    [`'a\\\nb'`, ['a\\\nb']],
    [`$"text"`, ['text']],
    ['a$(b "c" $(d) e)f `g "h" i`j', ['a$(b "c" $(d) e)f', '`g "h" i`j']],
    ['"a `b c` $(d e)"', ['a `b c` $(d e)']],
    ['`a b', ['`a b']],
    ['$(a b', ['$(a b']],
  ])('are read as bash reads them: %j', (source, expected) => {
    expect(words(source)).toEqual(expected)
  })

  it('say which shell variables they contain, but not those in single quotes', () => {
    const split = shellWords(`"$A \${B}" '$C' $D \\$E`)
    expect(split.ok && [...split.value.variables]).toEqual(['A', 'B', 'D'])
  })

  it('are read as Windows reads them', () => {
    const split = windowsWords(
      `curl ^"https://a.test/x?a=1^&b=2^" ^\r\n  -H ^"accept: a^" ^\r\n  --data-raw ^"^{^\\^"a^\\^":^\\^"b c^\\^"^}^"`,
    )
    expect(split.ok && split.value.words).toEqual([
      'curl',
      'https://a.test/x?a=1&b=2',
      '-H',
      'accept: a',
      '--data-raw',
      '{"a":"b c"}',
    ])
    const older = windowsWords(`curl "https://a.test/x" ^\n -H "a: ^b" --data-raw "{\\"a\\":1}" --next-line "a""b"`)
    expect(older.ok && older.value.words).toEqual([
      'curl',
      'https://a.test/x',
      '-H',
      'a: ^b',
      '--data-raw',
      '{"a":1}',
      '--next-line',
      'a"b',
    ])
  })

  it.each([
    ['curl https://a.test', true],
    ['$ curl https://a.test', true],
    ['```bash\ncurl https://a.test\n```', true],
    ['/usr/bin/curl -s https://a.test', true],
    ['C:\\Windows\\System32\\curl.exe https://a.test', true],
    ['curl:\n  openapi: 3.1.0', false],
    ['curly: braces', false],
    ['{"curl": 1}', false],
    ['openapi: 3.1.0', false],
  ])('are recognised: %j is %s', (source, expected) => {
    expect(mayBeCurl(source)).toBe(expected)
  })

  it('may be 10,000 options, or one of nearly a million characters, in less than a second', () => {
    const began = performance.now()
    const many = readCommand(
      `curl ${Array.from({ length: 10_000 }, (_, index) => `-H 'X-${index}: a' --unknown-${index}`).join(' ')} https://a.test/x`,
    )
    expect(many.ok && many.value.options).toHaveLength(10_000)
    expect(
      readCurl(`curl https://a.test/x ${Array.from({ length: 10_000 }, (_, index) => `-H 'X-${index}: a'`).join(' ')}`)
        .endpoint.parameters,
    ).toHaveLength(200)
    for (const text of [
      `'${'a'.repeat(990_000)}'`,
      `"${'\\"'.repeat(490_000)}"`,
      `$'${'\\x41'.repeat(240_000)}'`,
      `'${'a='.repeat(490_000)}'`,
      '"'.repeat(990_000),
      `'${'{"a":'.repeat(150_000)}'`,
      `'${'<a>'.repeat(300_000)}'`,
    ])
      readCommand(`curl https://a.test/x -d ${text}`)
    expect(performance.now() - began).toBeLessThan(5_000)
  })

  it.each([
    ['options with two dashes', `curl ${'--a '.repeat(60)}https://a.test`],
    ['a run of spaces', `curl https://a.test${' '.repeat(900_000)}x`],
    ['commands in commands', `curl https://a.test ${'$('.repeat(400_000)}${')'.repeat(90_000)}`],
    ['backticks', `curl https://a.test ${'`a'.repeat(400_000)}`],
    ['fences', `curl https://a.test ${'```   '.repeat(150_000)}x`],
    ['fences before the command', `${'```\n'.repeat(240_000)}curl https://a.test`],
  ])('may have %s in any number', (_what, source) => {
    const began = performance.now()
    readCommand(source)
    expect(performance.now() - began).toBeLessThan(5_000)
  })

  it('end before the fence of a code block', () => {
    expect(readCurl('```sh\ncurl https://a.test/x\n```  \n').report()).toEqual([])
  })

  it('of a hostile body within the limits are read quickly', () => {
    for (const text of [
      'a='.repeat(30_000),
      '{"a":'.repeat(10_000),
      '<a>'.repeat(20_000),
      '"'.repeat(60_000),
      `["${'\\\\'.repeat(30_000)}"]`,
      'eyJ'.repeat(20_000),
      '['.repeat(64_000),
      `${'['.repeat(60_000)}${'token=abcdefgh '.repeat(25)}`,
      '{{'.repeat(30_000),
    ]) {
      const began = performance.now()
      readCommand(`curl https://a.test/x -d '${text}'`)
      try {
        readCurl(`curl https://a.test/x -d '${text}'`)
      } catch (refusal) {
        expect(String(refusal)).not.toContain('Maximum call stack')
      }
      expect(performance.now() - began).toBeLessThan(2_000)
    }
  })
})

describe('a command copied from a browser', () => {
  it('of Chrome for bash keeps the request and leaves out what the browser adds', () => {
    const read = readCurl(`curl 'https://shop.acme.com/api/cart?id=7' \\
  -H 'accept: application/json' \\
  -H 'accept-language: en-GB,en;q=0.9' \\
  -H 'content-type: application/json' \\
  -b '_ga=GA1.1.1; session=s%3Aabcdefghijk' \\
  -H 'origin: https://shop.acme.com' \\
  -H 'priority: u=1, i' \\
  -H 'sec-ch-ua: "Chromium";v="140"' \\
  -H 'sec-fetch-mode: cors' \\
  -H 'user-agent: Mozilla/5.0' \\
  --data-raw $'{"note":"it\\'s \\u00e9"}'`)
    expect(read.endpoint).toMatchObject({ method: 'POST', bodyFormat: 'json', body: `{"note":"it's é"}` })
    expect(parametersOf(read)).toEqual(['url id=7', 'header accept=application/json'])
    expect(read.method).toMatchObject({ type: 'token', options: { placement: { place: 'header', key: 'Cookie' } } })
    expect(read.report()[0]?.pointer).toContain('sec-fetch-mode')
  })

  it('of Chrome for Windows is the same request', () => {
    const read = readCurl(`curl ^"https://shop.acme.com/api/cart?id=7^" ^\r
  -H ^"content-type: application/json^" ^\r
  -H ^"sec-fetch-mode: cors^" ^\r
  --data-raw ^"^{^\\^"note^\\^":^\\^"a b^\\^"^}^"`)
    expect(read.endpoint).toMatchObject({ method: 'POST', bodyFormat: 'json', body: '{"note":"a b"}' })
  })

  it('of Firefox has its multipart form', () => {
    const read = readCurl(
      `curl 'https://a.test/x' -X POST -H 'Content-Type: multipart/form-data; boundary=----B1' --data-binary $'------B1\\r\\nContent-Disposition: form-data; name="a"\\r\\n\\r\\nx y\\r\\n------B1\\r\\nContent-Disposition: form-data; name="f"; filename="p.png"\\r\\n\\r\\n\\r\\n------B1--\\r\\n'`,
    )
    expect(read.endpoint.bodyFormat).toBe('multipart')
    expect(parametersOf(read)).toEqual(['body a=x y'])
  })
})
