import type { MethodOptions } from '@/lib/domain/method-options/options-schema'
import { checkDatePattern } from '@/lib/domain/dates/date-pattern'
import { checkCookieName } from '@/lib/domain/content/cookies'
import { checkHeaderName } from '@/lib/domain/content/headers'
import { checkJwtOptions } from '@/lib/domain/jwt/check-jwt-options'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { checkUrlTemplate } from '@/lib/domain/urls/url-template'
import { checkComputed } from './computed'
import { checkSignature } from './signature'
import {
  at,
  checkResponseSource,
  checkHeader,
  checkOwnKey,
  checkTemplate,
  firstRefusal,
  refuseLiteralSecret,
} from './texts'

/** Only the options of the type's groups. */
export type StoredOptions = Partial<MethodOptions>

export type OptionsContext = {
  variableKeys: readonly string[]
  /** How many token requests the method has. */
  requests: number
}

/**
 * Checks the contents of the options' texts. Errors name the field `options.<name>…`. The schema checks their
 * structure.
 */
export function checkOptionTexts(options: StoredOptions, { variableKeys, requests }: OptionsContext): Result<null> {
  const { jwt, signature, computed = [] } = options
  return firstRefusal([
    () => checkBaseUrl(options),
    () => checkPlacement(options),
    () => checkBasic(options),
    () => checkNames(options),
    () => checkSources(options, requests),
    () => checkKept(options, requests),
    () => checkExpired(options, requests),
    () => (jwt ? checkJwt(jwt) : succeed(null)),
    () => (signature ? checkSignature(signature) : succeed(null)),
    () => checkComputed(computed, variableKeys),
  ])
}

function checkBaseUrl({ baseUrl = '' }: StoredOptions): Result<null> {
  if (baseUrl === '') return succeed(null)
  const checked = at('options.baseUrl', checkUrlTemplate(baseUrl, { relative: false }))
  return checked.ok ? refuseLiteralSecret(baseUrl, undefined, 'options.baseUrl') : checked
}

function checkPlacement({ placement }: StoredOptions): Result<null> {
  if (!placement || placement.place === 'none') return succeed(null)
  const header = placement.place === 'header' ? checkHeader(placement, 'options.placement') : succeed(null)
  if (!header.ok) return header
  const cookie = placement.place === 'cookie' ? checkCookieName(placement.key) : succeed(null)
  if (!cookie.ok) return at('options.placement.key', cookie)
  return checkTemplate(placement.value, placement.key, 'options.placement.value')
}

/** These are checked without a name, because the password is often only a well-known filler. */
function checkBasic({ basic }: StoredOptions): Result<null> {
  if (!basic) return succeed(null)
  return firstRefusal(
    (['username', 'password'] as const).map((name) => () => checkTemplate(basic[name], '', `options.basic.${name}`)),
  )
}

function checkNames({ parameterNames = [] }: StoredOptions): Result<null> {
  const duplicate = parameterNames.findIndex(({ standard, where }, index) =>
    parameterNames.slice(0, index).some((other) => other.standard === standard && other.where === where),
  )
  if (duplicate === -1) return succeed(null)
  return refuse(
    'invalid_input',
    `“${parameterNames[duplicate]?.standard}” is listed twice.`,
    `options.parameterNames.${duplicate}.standard`,
  )
}

/** Checked when saving: an error that is found only after a person has authorised would waste their code. */
function checkSources(
  { tokenPath = '', refreshTokenPath = '', expiryPath = '', expiryUnit, expiryPattern = '' }: StoredOptions,
  requests: number,
): Result<null> {
  const sources = Object.entries({ tokenPath, refreshTokenPath, expiryPath }).filter(([, text]) => text.trim() !== '')
  return firstRefusal([
    ...sources.map(
      ([name, text]) =>
        () =>
          checkResponseSource(text, requests, `options.${name}`),
    ),
    () => (expiryUnit === 'pattern' ? at('options.expiryPattern', checkDatePattern(expiryPattern)) : succeed(null)),
  ])
}

function checkKept({ kept = [], keptFromCallback = [] }: StoredOptions, requests: number): Result<null> {
  const keysOf = (rows: readonly { variable: string }[], index: number) =>
    rows.slice(0, index).map(({ variable }) => variable)
  return firstRefusal([
    ...kept.flatMap(({ variable, path, expiryPath }, index) => [
      () => checkOwnKey(variable, keysOf(kept, index), `options.kept.${index}.variable`),
      () => checkResponseSource(path, requests, `options.kept.${index}.path`),
      () =>
        expiryPath === ''
          ? succeed(null)
          : checkResponseSource(expiryPath, requests, `options.kept.${index}.expiryPath`),
    ]),
    ...keptFromCallback.map(
      ({ variable }, index) =>
        () =>
          checkOwnKey(variable, keysOf(keptFromCallback, index), `options.keptFromCallback.${index}.variable`),
    ),
  ])
}

function checkExpired({ expiredHeader, expiredBody }: StoredOptions, requests: number): Result<null> {
  return firstRefusal([
    () => (expiredHeader ? at('options.expiredHeader.name', checkHeaderName(expiredHeader.name)) : succeed(null)),
    () => (expiredBody ? checkResponseSource(expiredBody.path, requests, 'options.expiredBody.path') : succeed(null)),
  ])
}

function checkJwt(jwt: MethodOptions['jwt']): Result<null> {
  const rows = (list: 'header' | 'claims') =>
    jwt[list].map(
      ({ name, value }, index) =>
        () =>
          refuseLiteralSecret(value, name, `options.jwt.${list}.${index}.value`),
    )
  return firstRefusal([
    () => checkJwtOptions(jwt),
    () => refuseLiteralSecret(jwt.key, 'private_key', 'options.jwt.key'),
    ...rows('header'),
    ...rows('claims'),
  ])
}
