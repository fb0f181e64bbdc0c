import { mkdirSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { join } from 'node:path'
import { createApi } from './api/answer-api'
import type { SandboxControl } from './control/control'
import { createControl } from './control/create-control'
import { answerControl } from './control/routes'
import { createEvilServer } from './evil/server'
import { answerHtml, answerJson } from './http/answer'
import { listenOnLoopback } from './http/listen'
import { recordRequest } from './http/record-request'
import { answerMisbehaving } from './misbehaving/routes'
import { createOauthServer, isOauthPath, mountPath } from './oauth/answer-oauth'
import { createProvider } from './oauth/provider'
import { AuthorisationStore } from './oauth/store'
import { createProtocols } from './protocols/answer-protocols'
import { createState } from './state'
import { testCertificates, useCertificatesOf } from './tls/certificates'
import { welcomePage } from './welcome'

export type Sandbox = {
  /** The API and the authorisation server (issuer: url + /oauth). */
  url: string
  /** The attacker's authorisation server. */
  evilUrl: string
  /** The same API for callers with a client certificate. */
  tlsUrl: string
  control: SandboxControl
  close: () => Promise<void>
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>

function guarded(handler: Handler): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    Promise.resolve(handler(request, response)).catch((error: Error) => {
      if (response.headersSent) response.destroy()
      else answerJson(response, 500, { error: { code: 'internal_error', message: error.message } })
    })
  }
}

/** Only clients with a certificate of the third party's authority are accepted; the handshake refuses others. */
function createMutualTlsServer(handler: Handler) {
  const { caPem, serverPem, serverKeyPem } = testCertificates()
  return createTlsServer(
    { ca: caPem, cert: serverPem, key: serverKeyPem, requestCert: true, rejectUnauthorized: true },
    guarded(handler),
  )
}

/**
 * Starts Acme Commerce, a third party for trying and testing the dashboard, on the loopback addresses.
 * @param port the API's; the evil server and the TLS server take the two after it. 0 or omitted for any free ports.
 * @param folder stores grants, tokens and certificates, so that they survive a restart; if omitted, they are in memory
 */
export async function startSandbox({ port = 0, folder }: { port?: number; folder?: string } = {}): Promise<Sandbox> {
  if (folder !== undefined) {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    useCertificatesOf(join(folder, 'certificates.json'))
  }
  const state = createState()
  const store = new AuthorisationStore(folder === undefined ? null : join(folder, 'grants.json'))
  const addresses = { url: '', evilUrl: '', tlsUrl: '' }
  const control = createControl(state, store)
  // The issuer's URL is only known with the port, so the handler is created after listening.
  let handle: Handler = (_request, response) => answerJson(response, 503, { error: 'starting' })

  const main = await listenOnLoopback(
    () => createServer(guarded((request, response) => handle(request, response))),
    port,
  )
  addresses.url = `http://localhost:${main.port}`
  const provider = createProvider(`${addresses.url}${mountPath}`, state, store)
  const answerOauth = createOauthServer(provider, state)
  const answerApi = createApi(state, async (token) => {
    const found = (await provider.AccessToken.find(token)) ?? (await provider.ClientCredentials.find(token))
    if (!found) return null
    return {
      account: 'accountId' in found ? found.accountId : found.clientId!,
      scopes: [...found.scopes],
      certificateThumbprint: found['x5t#S256'],
    }
  })
  const findProtocol = createProtocols(state, () => addresses.url)

  const evil = await listenOnLoopback(() => createServer(createEvilServer(state, () => addresses)), port && port + 1)
  addresses.evilUrl = `http://localhost:${evil.port}`
  const tls = await listenOnLoopback(
    () =>
      createMutualTlsServer((request, response) => {
        recordRequest(state, 'tls', request, response)
        const url = new URL(request.url ?? '/', addresses.tlsUrl)
        return isOauthPath(url.pathname) ? answerOauth(request, response, url) : answerApi(request, response, url)
      }),
    port && port + 2,
  )
  addresses.tlsUrl = `https://localhost:${tls.port}`

  handle = (request, response) => {
    const url = new URL(request.url ?? '/', addresses.url)
    if (url.pathname.startsWith('/__control/')) return answerControl(control, request, response, url.pathname)
    recordRequest(state, 'main', request, response)
    if (url.pathname === '/') return answerHtml(response, 200, welcomePage(addresses))
    if (url.pathname.startsWith('/misbehaving/')) return answerMisbehaving(request, response, url, addresses.evilUrl)
    if (isOauthPath(url.pathname)) return answerOauth(request, response, url)
    const answerProtocol = findProtocol(request, url)
    return answerProtocol ? answerProtocol(response) : answerApi(request, response, url)
  }
  return {
    ...addresses,
    control,
    close: async () => {
      await Promise.all([main.close(), evil.close(), tls.close()])
      store.close()
    },
  }
}
