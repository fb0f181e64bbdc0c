import { createHash } from 'node:crypto'
import { same, type Caller } from '../../api/caller'
import { known } from '../../known'
import type { SandboxState } from '../../state'
import { header, refuse, refuseOldTime, refuseUsedNonce, type ArrivedRequest, type CreatePart } from '../protocol'

const challenge = { 'www-authenticate': 'WSSE realm="Acme Commerce", profile="UsernameToken"' }

function verify(state: SandboxState, request: ArrivedRequest): Caller {
  const value = header(request, 'x-wsse')
  if (!value.startsWith('UsernameToken ')) refuse('wsse_missing', 'Send X-WSSE: UsernameToken …', challenge)
  const fields = Object.fromEntries(
    [...value.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, text]) => [name, text]),
  ) as Record<string, string | undefined>
  const { Username = '', PasswordDigest = '', Nonce = '', Created = '' } = fields
  if (Username !== known.wsse.username) refuse('unknown_username', 'The username is unknown', challenge)
  refuseOldTime(Date.parse(Created) / 1000)
  const expected = createHash('sha1')
    .update(Buffer.from(Nonce, 'base64'))
    .update(Created + known.wsse.password)
    .digest('base64')
  if (!same(PasswordDigest, expected))
    refuse('digest_mismatch', 'PasswordDigest is not base64(sha1(nonce + created + password))', challenge)
  refuseUsedNonce(state, 'wsse', Nonce)
  return { type: 'wsse', name: Username, scopes: [] }
}

/** UsernameToken of WS-Security, in one header. */
export const createWsse: CreatePart = (state) => ({
  doors: [],
  protocols: [{ prefix: '/wsse', authenticate: (request) => verify(state, request) }],
})
