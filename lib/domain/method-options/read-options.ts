import { succeed, type Result } from '../result'
import {
  asObject,
  readChoice,
  readFlag,
  readList,
  readObject,
  readPlacement,
  readRows,
  readSeconds,
  readStatuses,
  readText,
  readTexts,
  type Json,
} from './option-readers'
import {
  claimKinds,
  clientAuthentications,
  messageSignatureAlgorithms,
  namedPlaces,
  pkceModes,
  refreshModes,
  signatureSchemes,
  type BasicOptions,
  type JwtOptions,
  type KeptFromAnswer,
  type MethodOptions,
  type OAuth1Options,
  type ParameterName,
  type SignatureOptions,
} from './options'
import { expiryUnits } from '../answers/token-expiry'
import { keyEncodings } from '../key-bytes'

/** Reads the options column: what is missing has its default, what is wrong is refused by its name. */
export function readOptionsWith(defaults: MethodOptions, options: unknown): Result<MethodOptions> {
  const json = asObject(options)
  const text = <Name extends keyof MethodOptions>(name: Name) => readText(json, name, defaults[name] as string)
  return readAll<MethodOptions>({
    baseUrl: text('baseUrl'),
    computed: readRows(json, 'computed', ['key', 'value'], defaults.computed),
    placement: readPlacement(json, defaults.placement),
    basic: readBasic(json, defaults.basic),
    clientAuthentication: readChoice(
      json,
      'clientAuthentication',
      keysOf(clientAuthentications),
      defaults.clientAuthentication,
    ),
    requestEncoding: readChoice(json, 'requestEncoding', ['form', 'json'], defaults.requestEncoding),
    scopeSeparator: text('scopeSeparator'),
    parameterNames: readNames(json, defaults.parameterNames),
    pkce: readChoice(json, 'pkce', pkceModes, defaults.pkce),
    issuer: text('issuer'),
    issuerAdvertised: readFlag(json, 'issuerAdvertised', defaults.issuerAdvertised),
    unencodedParameters: readTexts(json, 'unencodedParameters', defaults.unencodedParameters),
    keptFromCallback: readRows(json, 'keptFromCallback', ['variable', 'parameter'], defaults.keptFromCallback),
    tokenPath: text('tokenPath'),
    refreshTokenPath: text('refreshTokenPath'),
    expiryPath: text('expiryPath'),
    expiryUnit: readChoice(json, 'expiryUnit', keysOf(expiryUnits), defaults.expiryUnit),
    expiryPattern: text('expiryPattern'),
    defaultLifetimeSeconds: readSeconds(json, 'defaultLifetimeSeconds', defaults.defaultLifetimeSeconds),
    refreshMarginSeconds: readSeconds(json, 'refreshMarginSeconds', defaults.refreshMarginSeconds),
    kept: readKept(json, defaults.kept),
    refreshBy: readChoice(json, 'refreshBy', keysOf(refreshModes), defaults.refreshBy),
    refreshWithoutToken: readFlag(json, 'refreshWithoutToken', defaults.refreshWithoutToken),
    deadGrantErrors: readTexts(json, 'deadGrantErrors', defaults.deadGrantErrors),
    expiredStatuses: readStatuses(json, 'expiredStatuses', defaults.expiredStatuses),
    expiredHeader: readPair(json, 'expiredHeader', 'name', 'contains', defaults.expiredHeader),
    expiredBody: readPair(json, 'expiredBody', 'path', 'value', defaults.expiredBody),
    jwt: readJwt(json, defaults.jwt),
    signature: readSignature(json, defaults.signature),
    oauth1: readOAuth1(json, defaults.oauth1),
  })
}

function keysOf<Key extends string>(labels: Record<Key, string>): Key[] {
  return Object.keys(labels) as Key[]
}

function readAll<Options extends object>(read: { [Name in keyof Options]: Result<Options[Name]> }): Result<Options> {
  const options: Partial<Options> = {}
  for (const name of Object.keys(read) as (keyof Options)[]) {
    const result = read[name]
    if (!result.ok) return result
    options[name] = result.value
  }
  return succeed(options as Options)
}

function readKept(json: Json, fallback: KeptFromAnswer[]): Result<KeptFromAnswer[]> {
  return readList(json, 'kept', fallback, (row) =>
    readAll<KeptFromAnswer>({
      variable: readText(row, 'variable', null),
      path: readText(row, 'path', null),
      secret: readFlag(row, 'secret', false),
      expiryPath: readText(row, 'expiryPath', ''),
    }),
  )
}

function readPair<One extends string, Other extends string>(
  json: Json,
  name: string,
  one: One,
  other: Other,
  fallback: Record<One | Other, string> | null,
): Result<Record<One | Other, string> | null> {
  if (json[name] === null) return succeed(null)
  return readObject(json, name, fallback, (pair) =>
    readAll({ [one]: readText(pair, one, null), [other]: readText(pair, other, '') } as never),
  )
}

function readJwt(json: Json, fallback: JwtOptions): Result<JwtOptions> {
  return readObject(json, 'jwt', fallback, (jwt) =>
    readAll<JwtOptions>({
      algorithm: readText(jwt, 'algorithm', fallback.algorithm),
      key: readText(jwt, 'key', fallback.key),
      keyEncoding: readChoice(jwt, 'keyEncoding', keysOf(keyEncodings), fallback.keyEncoding),
      lifetime: readText(jwt, 'lifetime', fallback.lifetime),
      header: readRows(jwt, 'header', ['name', 'value'], fallback.header),
      claims: readList(jwt, 'claims', fallback.claims, (claim) =>
        readAll({
          name: readText(claim, 'name', null),
          value: readText(claim, 'value', ''),
          kind: readChoice(claim, 'kind', keysOf(claimKinds), 'text'),
        }),
      ),
    }),
  )
}

function readSignature(json: Json, fallback: SignatureOptions): Result<SignatureOptions> {
  return readObject(json, 'signature', fallback, (signature) => {
    const text = (
      name:
        'accessKeyId' | 'secretAccessKey' | 'sessionToken' | 'region' | 'service' | 'label' | 'key' | 'keyId' | 'tag',
    ) => readText(signature, name, fallback[name])
    return readAll<SignatureOptions>({
      scheme: readChoice(signature, 'scheme', keysOf(signatureSchemes), fallback.scheme),
      accessKeyId: text('accessKeyId'),
      secretAccessKey: text('secretAccessKey'),
      sessionToken: text('sessionToken'),
      region: text('region'),
      service: text('service'),
      signedIn: readChoice(signature, 'signedIn', ['header', 'query'], fallback.signedIn),
      components: readTexts(signature, 'components', fallback.components),
      label: text('label'),
      algorithm: readChoice(signature, 'algorithm', messageSignatureAlgorithms, fallback.algorithm),
      key: text('key'),
      keyEncoding: readChoice(signature, 'keyEncoding', keysOf(keyEncodings), fallback.keyEncoding),
      keyId: text('keyId'),
      tag: text('tag'),
      lifetimeSeconds: readSeconds(signature, 'lifetimeSeconds', fallback.lifetimeSeconds),
      contentDigest: readChoice(signature, 'contentDigest', ['none', 'sha-256', 'sha-512'], fallback.contentDigest),
      signsTokenRequests: readFlag(signature, 'signsTokenRequests', fallback.signsTokenRequests),
      placements: readList(signature, 'placements', fallback.placements, (row) =>
        readAll({
          place: readChoice(row, 'place', ['header', 'url'] as const, 'header'),
          key: readText(row, 'key', null),
          value: readText(row, 'value', null),
        }),
      ),
    })
  })
}

function readBasic(json: Json, fallback: BasicOptions): Result<BasicOptions> {
  return readObject(json, 'basic', fallback, (basic) =>
    readAll<BasicOptions>({
      username: readText(basic, 'username', fallback.username),
      password: readText(basic, 'password', fallback.password),
    }),
  )
}

function readNames(json: Json, fallback: ParameterName[]): Result<ParameterName[]> {
  return readList(json, 'parameterNames', fallback, (row) =>
    readAll<ParameterName>({
      standard: readText(row, 'standard', null),
      sent: readText(row, 'sent', null),
      where: readChoice(row, 'where', keysOf(namedPlaces), 'everywhere'),
    }),
  )
}

function readOAuth1(json: Json, fallback: OAuth1Options): Result<OAuth1Options> {
  return readObject(json, 'oauth1', fallback, (oauth1) =>
    readAll<OAuth1Options>({
      placement: readChoice(oauth1, 'placement', ['header', 'query', 'body'], fallback.placement),
      bodyHash: readFlag(oauth1, 'bodyHash', fallback.bodyHash),
    }),
  )
}
