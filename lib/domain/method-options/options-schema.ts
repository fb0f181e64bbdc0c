import { z } from 'zod'
import { expiryUnits } from '../responses/token-expiry'
import { keyEncodings } from '../key-bytes'
import { keysOf, line, text, webAddress } from '../text-schema'
import { placementLocations } from '../vocabulary'
import {
  claimKinds,
  clientAuthentications,
  messageSignatureAlgorithms,
  nameScopes,
  pkceModes,
  refreshModes,
  signatureSchemes,
} from './option-choices'

/** The schemas of a method's options, field by field. Each type has those of its groups. */

export const variableKey = line(128).regex(
  /^[A-Za-z_][A-Za-z0-9_]*$/,
  'Letters, digits and _, not starting with a digit.',
)
const atMost = (most: number) => [most, `Enter at most ${most}.`] as const
const status = z
  .int('Enter whole numbers.')
  .min(100, 'Enter statuses between 100 and 599.')
  .max(599, 'Enter statuses between 100 and 599.')
export const statuses = z.array(status).max(...atMost(20))
export const source = line(512)
const missingSource = 'Enter where to find it in the response.'
const errorNames = z.array(line(100).min(1, 'Enter an error.')).max(...atMost(20))
const template = text(4096)
const parameterName = line(256).min(1, 'Enter the name under which it is sent.')
const seconds = z
  .int('Enter a whole number of seconds.')
  .min(1, 'Enter at least 1 second.')
  .max(315_360_000, 'Enter at most ten years.')
  .nullable()

const bodyRule = z.strictObject({ path: source.min(1, missingSource), value: line(256).default('') })

const placement = z
  .strictObject({ place: z.enum(keysOf(placementLocations)), key: line(256), value: template })
  .refine(({ place, key }) => place === 'none' || key !== '', {
    path: ['key'],
    error: 'Enter the name under which it is sent.',
  })
  .refine(({ place, value }) => place === 'none' || value !== '', { path: ['value'], error: 'Enter what is sent.' })

const jwt = z.strictObject({
  algorithm: line(256),
  key: template,
  keyEncoding: z.enum(keysOf(keyEncodings)),
  lifetime: line(256),
  header: z.array(z.strictObject({ name: parameterName, value: template })).max(...atMost(20)),
  claims: z
    .array(z.strictObject({ name: parameterName, value: template, kind: z.enum(keysOf(claimKinds)).default('text') }))
    .max(...atMost(40)),
})

const signature = z.strictObject({
  scheme: z.enum(keysOf(signatureSchemes)),
  accessKeyId: template,
  secretAccessKey: template,
  sessionToken: template,
  region: template,
  service: template,
  signedIn: z.enum(['header', 'query']),
  components: z.array(line(256).min(1, 'Enter what is signed.')).max(...atMost(40)),
  label: line(64),
  algorithm: z.enum(messageSignatureAlgorithms),
  key: template,
  keyEncoding: z.enum(keysOf(keyEncodings)),
  keyId: template,
  tag: line(256),
  lifetimeSeconds: seconds,
  contentDigest: z.enum(['none', 'sha-256', 'sha-512']),
  signsTokenRequests: z.boolean(),
  placements: z
    .array(z.strictObject({ place: z.enum(['header', 'url']).default('header'), key: parameterName, value: template }))
    .max(...atMost(20)),
})

export const optionFields = {
  baseUrl: line(2048).trim(),
  computed: z.array(z.strictObject({ key: variableKey, value: text(16_384) })).max(...atMost(20)),
  rejectedStatuses: statuses,
  rejectedBody: bodyRule.nullable(),
  placement,
  basic: z.strictObject({ username: template, password: template }),
  clientAuthentication: z.enum(keysOf(clientAuthentications)),
  requestEncoding: z.enum(['form', 'json']),
  scopeSeparator: line(8),
  parameterNames: z
    .array(
      z.strictObject({
        standard: parameterName,
        sent: line(256),
        where: z.enum(keysOf(nameScopes)).default('everywhere'),
      }),
    )
    .max(...atMost(30)),
  pkce: z.enum(pkceModes),
  issuer: webAddress('Enter the issuer as a URL.'),
  issuerAdvertised: z.boolean(),
  unencodedParameters: z.array(parameterName).max(...atMost(20)),
  keptFromCallback: z.array(z.strictObject({ variable: variableKey, parameter: parameterName })).max(...atMost(20)),
  tokenPath: source.min(1, 'Enter where to find the token in the response.'),
  refreshTokenPath: source,
  expiryPath: source,
  expiryUnit: z.enum(keysOf(expiryUnits)),
  expiryPattern: line(64),
  defaultLifetimeSeconds: seconds,
  refreshMarginSeconds: seconds,
  kept: z
    .array(
      z.strictObject({
        variable: variableKey,
        path: source.min(1, missingSource),
        secret: z.boolean().default(false),
        expiryPath: source.default(''),
      }),
    )
    .max(...atMost(20)),
  refreshBy: z.enum(keysOf(refreshModes)),
  refreshWithoutToken: z.boolean(),
  deadGrantErrors: errorNames,
  deadGrantStatuses: statuses,
  failingErrors: errorNames,
  failingStatuses: statuses,
  expiredStatuses: statuses,
  expiredHeader: z.strictObject({ name: parameterName, contains: line(256).default('') }).nullable(),
  expiredBody: bodyRule.nullable(),
  jwt,
  signature,
  oauth1: z.strictObject({ placement: z.enum(['header', 'query', 'body']), bodyHash: z.boolean() }),
}

/** Options of any type as a client sends them: each option and each field of a group may be left out. */
export const sentOptions = z
  .strictObject({
    ...optionFields,
    basic: optionFields.basic.partial(),
    jwt: optionFields.jwt.partial(),
    signature: optionFields.signature.partial(),
    oauth1: optionFields.oauth1.partial(),
  })
  .partial()

/** The complete options of a method of any type. */
export const methodOptions = z.strictObject(optionFields)
export type MethodOptions = z.output<typeof methodOptions>
export type Placement = MethodOptions['placement']
export type JwtOptions = MethodOptions['jwt']
export type SignatureOptions = MethodOptions['signature']
export type BasicOptions = MethodOptions['basic']
export type ParameterName = MethodOptions['parameterNames'][number]
export type StoredValueOption = MethodOptions['kept'][number]
