import type { IncomingMessage, ServerResponse } from 'node:http'
import { answerJson } from '../http/answer'
import { readBody } from '../http/read-body'
import { known } from '../known'
import { testCertificates, type TestCertificates } from '../tls/certificates'
import type { SandboxControl } from './control'
import { controlNames } from './names'

function isLoopback(address: string | undefined): boolean {
  return address === '::1' || /^(::ffff:)?127\./.test(address ?? '')
}

/** A page of another site must not control the sandbox through the person's browser. */
function mayControl(request: IncomingMessage): boolean {
  const host = (request.headers.host ?? '').replace(/:\d+$/, '')
  return (
    isLoopback(request.socket.remoteAddress) &&
    ['localhost', '127.0.0.1', '[::1]'].includes(host) &&
    request.headers.origin === undefined
  )
}

/** `/__control/certificates/clientPem`: a file to download and to upload in the dashboard. */
function answerCertificate(response: ServerResponse, name: string): void {
  const certificates = testCertificates()
  if (!(name in certificates)) return answerJson(response, 404, { error: `There is no certificate ${name}` })
  const content = certificates[name as keyof TestCertificates]
  const binary = name.endsWith('Pkcs12Base64')
  const fileName = binary ? `${name.replace('Pkcs12Base64', '')}.p12` : `${name.replace('Pem', '')}.pem`
  response.writeHead(200, {
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename="${fileName}"`,
  })
  response.end(binary ? Buffer.from(content, 'base64') : content)
}

/** `/__control/keys/rsa`: a private key whose public key Acme knows. */
function answerKey(response: ServerResponse, name: string): void {
  if (!(name in known.keys)) return answerJson(response, 404, { error: `There is no key ${name}` })
  response.writeHead(200, {
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename="${name}.pem"`,
  })
  response.end(known.keys[name as keyof typeof known.keys])
}

/** `/__control/credentials`: one set for each method of the sandbox connector. */
function credentials() {
  const { clientPem, clientKeyPem, caPem } = testCertificates()
  return {
    basic: known.basic,
    apiToken: known.apiToken,
    client: known.clients.basic,
    certificate: { pem: clientPem, keyPem: clientKeyPem, caPem },
  }
}

/** `POST /__control/<name>` with the input as JSON. Only from this machine. */
export async function answerControl(
  control: SandboxControl,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
): Promise<void> {
  if (!mayControl(request)) return answerJson(response, 403, { error: 'Only for callers on this machine' })
  const [, , name = '', item = ''] = path.split('/')
  if (name === 'certificates') return answerCertificate(response, item)
  if (name === 'keys') return answerKey(response, item)
  if (name === 'credentials') return answerJson(response, 200, credentials())
  const command = controlNames.find((known) => known === name)
  if (!command || request.method !== 'POST')
    return answerJson(response, 404, { error: `POST one of: ${controlNames.join(', ')}` })
  try {
    const body = await readBody(request)
    const value = await (control[command] as (input: unknown) => Promise<unknown>)(body === '' ? {} : JSON.parse(body))
    if (value === undefined) response.writeHead(204).end()
    else answerJson(response, 200, value)
  } catch (error) {
    answerJson(response, 400, { error: (error as Error).message })
  }
}
