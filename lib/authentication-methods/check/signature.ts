import type { SignatureScheme } from '@/lib/domain/method-options/option-choices'
import type { SignatureOptions } from '@/lib/domain/method-options/options-schema'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { checkComponent } from '@/lib/domain/signatures/message-components'
import { checkHeader, checkTemplate, firstRefusal } from './texts'

/**
 * Checks what the chosen scheme needs. Errors name the field `options.signature.<name>`. Fields of other schemes are
 * stored without a check.
 */
export function checkSignature(signature: SignatureOptions): Result<null> {
  const texts = ['accessKeyId', 'secretAccessKey', 'sessionToken', 'region', 'service', 'key', 'keyId', 'tag'] as const
  return firstRefusal([
    ...texts.map((name) => () => checkTemplate(signature[name], secretNames[name] ?? '', `options.signature.${name}`)),
    () => schemes[signature.scheme](signature),
  ])
}

const secretNames: Partial<Record<keyof SignatureOptions, string>> = {
  secretAccessKey: 'secret_access_key',
  sessionToken: 'session_token',
  key: 'private_key',
}

const schemes: Record<SignatureScheme, (signature: SignatureOptions) => Result<null>> = {
  aws_sigv4: checkAws,
  http_message_signatures: checkMessageSignature,
  template: checkTemplates,
}

function checkAws(signature: SignatureOptions): Result<null> {
  return needed(signature, {
    accessKeyId: 'the access key ID',
    secretAccessKey: 'the secret access key',
    region: 'the region',
    service: 'the service',
  })
}

function checkTemplates(signature: SignatureOptions): Result<null> {
  return firstRefusal(
    signature.placements.flatMap((placement, index) => {
      const field = `options.signature.placements.${index}`
      return [
        () => (placement.place === 'header' ? checkHeader(placement, field) : succeed(null)),
        () => checkTemplate(placement.value, placement.key, `${field}.value`),
      ]
    }),
  )
}

/** @see RFC 9421 §3.1; RFC 8941 §3.1.2 for the label */
function checkMessageSignature(signature: SignatureOptions): Result<null> {
  if (!/^[a-z*][a-z0-9_\-.*]*$/.test(signature.label)) {
    return refuse(
      'invalid_input',
      'Use only lower-case letters, digits, _ - . and *, starting with a letter or *, for example sig1.',
      'options.signature.label',
    )
  }
  return firstRefusal([
    () => needed(signature, { key: 'what to sign with: {{ secret_key }}' }),
    ...signature.components.map((component) => () => {
      const checked = checkComponent(component)
      return checked.ok ? checked : refuse(checked.error.code, checked.error.message, 'options.signature.components')
    }),
  ])
}

function needed(signature: SignatureOptions, words: Partial<Record<keyof SignatureOptions, string>>): Result<null> {
  const [name, what] =
    Object.entries(words).find(([key]) => String(signature[key as keyof SignatureOptions]).trim() === '') ?? []
  return name === undefined
    ? succeed(null)
    : refuse('invalid_input', `Enter ${what}: the signature needs it.`, `options.signature.${name}`)
}
