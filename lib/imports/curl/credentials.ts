import type { MethodInput } from '@/lib/authentication-methods/document-schema'
import { signaturePresets } from '@/lib/domain/authentication/signature-presets'
import type { BasicOptions } from '@/lib/domain/method-options/options-schema'
import { findLiteralSecret } from '@/lib/domain/variables/literal-secrets'
import type { AuthenticationType } from '@/lib/domain/vocabulary'
import type { VariableInput } from '../openapi/variables'
import type { CurlDraft } from './draft'
import { curlLimits } from './limits'
import type { CurlNotes } from './notes'

/** A credential of a command, in the order in which it becomes the method itself. */
export type CurlCredential =
  | { kind: 'basic'; username: string; password: string | null }
  | { kind: 'digest'; username: string; password: string | null }
  | { kind: 'aws'; accessKeyId: string; secretKey: string; sessionToken: string; region: string; service: string }
  /** Sent as it is: `prefix` is text before the secret, such as `Bearer `. */
  | { kind: 'token'; place: 'header' | 'url' | 'cookie'; key: string; prefix: string; value: string; name: string }

export type CurlMethod = { name: string; type: AuthenticationType; variables: VariableInput[] } & Pick<
  MethodInput,
  'options' | 'parameters'
>

/** The type of the method that the first credential becomes. */
export function typeOf(credentials: readonly CurlCredential[]): AuthenticationType {
  const kind = credentials[0]?.kind ?? 'none'
  return kind === 'aws' ? 'request_signature' : kind
}

/** The method for the first credential. Every other one is sent in addition, with a variable of its own. */
export function methodOf(
  credentials: readonly CurlCredential[],
  draft: CurlDraft,
  notes: CurlNotes,
): Omit<CurlMethod, 'variables'> & { ownVariables: VariableInput[] } {
  for (const credential of credentials) rememberParts(credential, draft)
  const [first, ...others] = credentials.slice(0, curlLimits.credentials)
  if (credentials.length > curlLimits.credentials)
    notes.add('limit', 'Credentials', `Only the first ${curlLimits.credentials} credentials were read.`)
  const method = first === undefined ? withoutCredential() : primary(first, draft)
  const parameters: NonNullable<MethodInput['parameters']> = []
  for (const other of others) {
    if (other.kind !== 'token') {
      notes.add('not_imported', 'Credentials', 'The command has several user names. Only one was read.')
      continue
    }
    const key = draft.methodSecret(other.key, other.value)
    parameters.push({
      ...{ in: other.place, key: other.key, value: `${other.prefix}{{ ${key} }}`, required: true },
      sentWith: ['endpoint', 'verify'],
    })
  }
  return { ...method, parameters }
}

/** Credentials over the limit, and single cookies of several, must not be anywhere else either. */
function rememberParts(credential: CurlCredential, draft: CurlDraft): void {
  if (credential.kind !== 'token') return
  draft.remember(credential.value)
  if (credential.key.toLowerCase() !== 'cookie') return
  const values = credential.value.split(';').map((pair) => pair.replace(/^[^=]*=/, '').trim())
  // A short one, such as a language, may be part of other texts by chance.
  for (const value of values) if (value.length >= curlLimits.shortestCookie) draft.remember(value)
}

type Primary = Pick<CurlMethod, 'name' | 'type' | 'options'> & { ownVariables: VariableInput[] }

function withoutCredential(): Primary {
  return { name: 'No authentication', type: 'none', options: {}, ownVariables: [] }
}

function primary(credential: CurlCredential, draft: CurlDraft): Primary {
  switch (credential.kind) {
    case 'basic':
    case 'digest': {
      const { kind, username, password } = credential
      const pair = kind === 'basic' ? onlyKey(username, password, draft) : null
      if (pair !== null) return { name: 'API key', type: 'basic', options: { basic: pair }, ownVariables: [] }
      draft.setValue('username', username, false)
      draft.setValue('password', password ?? '', true)
      const name = kind === 'basic' ? 'Basic authentication' : 'Digest'
      return { name, type: kind, options: {}, ownVariables: [] }
    }
    case 'aws':
      return awsMethod(credential, draft)
    case 'token':
      draft.setValue('token', credential.value, true)
      return {
        ...{ name: credential.name, type: 'token' },
        options: {
          placement: { place: credential.place, key: credential.key, value: `${credential.prefix}{{ token }}` },
        },
        ownVariables: [{ key: 'token', displayName: credential.name }],
      }
  }
}

/**
 * `-u key:`, `-u key:x` and `-u :key` send an API key in place of the pair. It becomes a secret that no list shows.
 * @returns null if there are a user name and a password
 */
function onlyKey(username: string, password: string | null, draft: CurlDraft): BasicOptions | null {
  const output = (key: string) => `{{ ${draft.methodSecret('api_key', key)} }}`
  if (username === '') return password ? { username: '', password: output(password) } : null
  const isKey = password === null ? findLiteralSecret(username) !== null : /^x?$/i.test(password)
  return isKey ? { username: output(username), password: password ?? '' } : null
}

function awsMethod(
  { accessKeyId, secretKey, sessionToken, region, service }: CurlCredential & { kind: 'aws' },
  draft: CurlDraft,
): Primary {
  const preset = signaturePresets.find(({ options }) => options.signature.scheme === 'aws_sigv4')
  const { signature, computed } = preset!.options
  draft.setValue('access_key_id', accessKeyId, false)
  draft.setValue('secret_key', secretKey, true)
  draft.setValue('session_token', sessionToken, true)
  draft.setValue('region', region, false)
  draft.setValue('service', service, false)
  return {
    ...{ name: 'AWS Signature Version 4', type: 'request_signature' },
    options: { signature, computed },
    ownVariables: preset!.variables.map(({ options: _options, ...variable }) => ({ ...variable })),
  }
}
