import type { IncomingMessage, ServerResponse } from 'node:http'
import { answerJson, redirect } from '../http/answer'
import { badResponses } from './bad-responses'
import { pour, type Misbehaviour } from './misbehaviour'

const megabyte = 1024 * 1024

const privateTargets: Record<string, string> = {
  metadata: 'http://169.254.169.254/latest/meta-data/',
  ten: 'http://10.0.0.1/',
  loopback: 'http://127.0.0.1:1/',
}

const misbehaviours: Record<string, Misbehaviour> = {
  ...Object.fromEntries(badResponses.map(({ name, respond }) => [name, respond])),
  'never-answers': () => {},
  'fifty-megabytes': ({ response }) => {
    response.writeHead(200, { 'content-type': 'application/octet-stream' })
    pour(response, Buffer.alloc(megabyte, 'x'), 50)
  },
  'redirect-private': ({ response, url }) =>
    redirect(response, privateTargets[url.searchParams.get('to') ?? 'metadata'] ?? privateTargets.metadata!),
  'redirect-other-origin': ({ response, evilUrl }) => redirect(response, `${evilUrl}/collect`),
  // One byte per second for ten minutes.
  'slow-drip': ({ response }) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '600' })
    const timer = setInterval(() => response.write(' '), 1000)
    response.once('close', () => clearInterval(timer))
    response.write('{')
  },
  nonsense: ({ response }) => {
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(Buffer.from([0xff, 0xfe, 0x00, 0x7b, 0xc3, 0x28, 0x5b]))
  },
  // Announces more than it sends.
  disconnect: ({ response }) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' })
    response.write('{"orders":[', () => response.destroy())
  },
  status: ({ response, rest }) =>
    answerJson(response, Number(rest) || 500, { error: { code: 'as_asked', message: `Status ${rest}` } }),
}

/** `/misbehaving/<how>`: a misbehaving third party. */
export function answerMisbehaving(request: IncomingMessage, response: ServerResponse, url: URL, evilUrl: string): void {
  const [, , how = '', rest = ''] = url.pathname.split('/')
  const misbehave = Object.hasOwn(misbehaviours, how) ? misbehaviours[how] : undefined
  if (!misbehave)
    return answerJson(response, 404, {
      error: { code: 'not_found', message: `One of: ${Object.keys(misbehaviours).join(', ')}` },
    })
  misbehave({ request, response, url, evilUrl, rest })
}
