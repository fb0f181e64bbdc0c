import type { ServerResponse } from 'node:http'
import type { SandboxState } from '../state'

function rewrite(location: string, state: SandboxState): string {
  const url = URL.parse(location)
  if (!url?.searchParams.has('iss')) return location
  if (state.issuerMode === 'absent') url.searchParams.delete('iss')
  if (state.issuerMode === 'wrong') url.searchParams.set('iss', 'https://another-issuer.example')
  return url.href
}

/** Falsifies the `iss` of authorisation responses (RFC 9207 §2) if a test asks for it. */
export function falsifyIssuer(response: ServerResponse, state: SandboxState): void {
  if (state.issuerMode === 'right') return
  const setHeader = response.setHeader.bind(response)
  response.setHeader = (name, value) =>
    setHeader(name, name.toLowerCase() === 'location' ? rewrite(String(value), state) : value)
}
