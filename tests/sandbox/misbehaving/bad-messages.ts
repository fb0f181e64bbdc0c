import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { redirect } from '../http/answer'
import type { BadResponse, Refused, Shown } from './bad-response'
import { pour, type Misbehaviour } from './misbehaviour'

/** Responses whose compression, framing, headers or time are bad. */

const megabyte = 1024 * 1024
const records = '[{"id":1}]'

const gzipped = (body: string | Buffer, encoding: string): Misbehaviour => {
  return ({ response }) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': encoding })
    response.end(body)
  }
}

/** Writes to the socket, bypassing the server's HTTP. */
const raw = (...lines: string[]): Misbehaviour => {
  return ({ request }) => void request.socket.end(Buffer.from(lines.join('\r\n'), 'latin1'))
}

/** Compressed megabytes. They must be cheap to compress; the caller decompresses them. */
const gzipBomb = () => Buffer.concat(Array<Buffer>(200).fill(gzipSync(Buffer.alloc(megabyte, '0'))))
const brotliBomb = () => {
  const quality = { [constants.BROTLI_PARAM_QUALITY]: 1 }
  return brotliCompressSync(Buffer.alloc(20 * megabyte, '0'), { params: quality })
}

const bomb = (encoding: string, pack: () => Buffer): Misbehaviour => {
  let packed: Buffer | undefined
  return ({ response }) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': encoding })
    response.end((packed ??= pack()))
  }
}

/** Writes something now and then until the caller disconnects. */
const drip = (headers: Record<string, string>, text: string): Misbehaviour => {
  return ({ response }) => {
    response.writeHead(200, headers)
    const timer = setInterval(() => response.write(text), 50)
    response.once('close', () => clearInterval(timer))
    response.write(text)
  }
}

const tooLarge: Refused = { code: 'answer_too_large', words: '10 MiB' }
const brokenOff: Refused = { code: 'connection_failed', words: 'before its response was complete' }
const notHttp: Refused = { code: 'invalid_answer', words: 'is not valid HTTP' }
const notInTime: Refused = { code: 'timed_out', words: 'Timed out' }
const redirects: Refused = { code: 'too_many_redirects', words: 'keeps redirecting' }
const oneRecord: Shown = { isJson: true, recordCount: 1, begins: records }
const nothing: Shown = { isJson: false, begins: '' }

const row = (name: string, does: string, respond: Misbehaviour, outcome: Shown | Refused): BadResponse => ({
  ...{ name, does, respond, outcome },
})
const endless = (name: string, does: string, respond: Misbehaviour): BadResponse => ({
  ...{ name, does, respond, outcome: notInTime, isEndless: true },
})

export const badMessages: BadResponse[] = [
  row('gzip-bomb', 'sends 200 MB in 200 kB of gzip', bomb('gzip', gzipBomb), tooLarge),
  row('brotli-bomb', 'sends 20 MB in a few bytes of brotli', bomb('br', brotliBomb), tooLarge),
  row('double-gzip', 'compresses twice and declares it', gzipped(gzipSync(gzipSync(records)), 'gzip, gzip'), oneRecord),
  row('triple-gzip', 'compresses three times', gzipped(gzipSync(gzipSync(gzipSync(records))), 'gzip, gzip, gzip'), {
    ...{ code: 'invalid_answer', words: 'compressed several times over' },
  }),
  row('truncated-gzip', 'leaves out the end of the gzip', gzipped(gzipSync(records).subarray(0, 14), 'gzip'), {
    isJson: false,
  }),
  row('not-gzip', 'declares gzip and sends text', gzipped(records, 'gzip'), {
    ...{ code: 'invalid_answer', words: 'does not unpack' },
  }),
  row('unknown-encoding', 'declares an unknown encoding', gzipped(records, 'lzma'), {
    ...{ code: 'invalid_answer', words: 'unsupported compression (lzma)' },
  }),
  row('empty-body', 'sends 200 and nothing', ({ response }) => void response.writeHead(200).end(), nothing),
  row(
    'no-content-with-body',
    'sends a body with 204',
    raw('HTTP/1.1 204 No Content', 'content-length: 10', '', records),
    {
      ...{ ...nothing, status: 204 },
    },
  ),
  row(
    'content-length-too-long',
    'announces more than it sends',
    raw('HTTP/1.1 200 OK', 'content-length: 1000', '', records),
    brokenOff,
  ),
  row(
    'content-length-too-short',
    'sends more than it announces',
    raw('HTTP/1.1 200 OK', 'content-length: 10', '', `${records}${'x'.repeat(1_000)}`),
    oneRecord,
  ),
  row(
    'two-content-lengths',
    'announces two lengths',
    raw('HTTP/1.1 200 OK', 'content-length: 10', 'content-length: 5', '', records),
    brokenOff,
  ),
  row(
    'bad-chunks',
    'sends chunks without their lengths',
    raw('HTTP/1.1 200 OK', 'transfer-encoding: chunked', '', 'zz', 'hello', '-1', ''),
    notHttp,
  ),
  row(
    'endless-body',
    'sends text as long as the caller reads',
    ({ response }) => pour(response, Buffer.alloc(megabyte, 'x'), 100_000),
    tooLarge,
  ),
  row('huge-header', 'sends a header of 200 kB', raw('HTTP/1.1 200 OK', `x-huge: ${'x'.repeat(200_000)}`, '', ''), {
    ...{ code: 'invalid_answer', words: 'is not valid HTTP (UND_ERR_HEADERS_OVERFLOW)' },
  }),
  row(
    'many-headers',
    'sends 4,000 headers',
    raw(
      'HTTP/1.1 200 OK',
      'content-length: 10',
      ...Array.from({ length: 4_000 }, (_, index) => `x-${index}: 1`),
      '',
      records,
    ),
    oneRecord,
  ),
  row(
    'odd-header-bytes',
    'sends headers with bytes beyond ASCII, and a tab',
    raw('HTTP/1.1 200 OK', 'content-length: 10', 'x-name: Zo\xeb\ttab \x80\xff', '', records),
    oneRecord,
  ),
  row('nul-in-header', 'sends a header with a zero', raw('HTTP/1.1 200 OK', 'x-name: a\0b', '', records), notHttp),
  row(
    'interim-flood',
    'sends 10,000 interim responses before the final one',
    raw(
      ...Array.from({ length: 10_000 }, () => 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n'),
      'HTTP/1.1 200 OK',
      'content-length: 10',
      '',
      records,
    ),
    oneRecord,
  ),
  row(
    'redirect-loop',
    'redirects to itself',
    ({ response }) => redirect(response, '/misbehaving/redirect-loop'),
    redirects,
  ),
  row(
    'redirect-with-body',
    'redirects to itself, with a body that does not end',
    ({ response }) => {
      response.writeHead(302, { location: '/misbehaving/redirect-with-body' })
      pour(response, Buffer.alloc(megabyte, 'x'), 100_000)
    },
    redirects,
  ),
  row(
    'reset-in-body',
    'resets the connection in the middle of the body',
    ({ request, response }) => {
      response.writeHead(200, { 'content-length': '1000' })
      response.write('[', () => request.socket.resetAndDestroy())
    },
    { code: 'connection_failed', words: 'closed the connection' },
  ),
  row('reset-before-headers', 'resets the connection', ({ request }) => void request.socket.resetAndDestroy(), {
    ...{ code: 'connection_failed', words: 'closed the connection' },
  }),
  row('no-status-line', 'sends only a body, like HTTP/0.9', raw('<p>hello</p>', ''), notHttp),
  row('gibberish', 'speaks SSH', raw('SSH-2.0-OpenSSH_9.9', ''), notHttp),
  endless('trickle', 'sends a byte now and then', drip({ 'content-length': '600' }, ' ')),
  endless(
    'endless-events',
    'never stops sending events',
    drip({ 'content-type': 'text/event-stream' }, 'data: {"id":1}\n\n'),
  ),
  endless('silence', 'sends nothing', () => {}),
]
