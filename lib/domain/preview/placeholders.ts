import type { ConnectorDefinition, EndpointDefinition, VariableDefinition } from '../definitions'
import type { MethodDefinition } from '../method-options/method-definition'
import { base64 } from '../encoding'
import { createRedactor } from '../redaction'
import { SecretBook, type KnownSecrets } from '../secret-book'
import { placeholderSigner } from '../signer'
import type { TemplateContext } from '../templates/template'
import { valueOfPart } from '../templates/render-output'
import { parseUrlTemplate } from '../urls/url-template'
import { effectiveDefinitions, scopeOf, effectiveValue, type VariableValues } from '../variables/resolve-variables'
import { cutPlaceholder } from './cut-placeholder'
import { withDerivedValues } from '../authentication/derived-values'
import { keysFromResponses } from '../method-options/response-variables'
import { filledVariablesOf } from '../authentication/needs-person'
import { authenticationTypeDefinitions } from '../authentication/registry'
import { tokenOriginOf } from '../authentication/token-origin'

/**
 * Placeholders for previews, which may contain no secret: a text that survives every encoding and decoding replaces each
 * secret or missing value, and is itself replaced at the end by a mask or the name of the value.
 */

export type PlaceholderInput = {
  connector: ConnectorDefinition
  method: MethodDefinition
  endpoint?: EndpointDefinition
  /** Plain values to fill in; values of secret variables are never used. */
  values?: VariableValues
  redirectUri: string
  /** The time of the requests, in ISO 8601. */
  now: string
}

export type Placeholders = {
  connector: ConnectorDefinition
  values: VariableValues
  context: TemplateContext
  /** Replaces placeholders and masks secrets in a text. */
  shown: (text: string, secrets?: KnownSecrets) => string
}

/** Values of an authorisation. */
export const placeholderGrant = {
  code: 'patchbaycodestandin',
  verifier: 'patchbayverifierstandin',
  state: 'patchbaystatestandin',
  challenge: 'patchbaychallengestandin',
}

export const placeholderTokens = {
  access_token: 'patchbayaccesstokenstandin',
  refresh_token: 'patchbayrefreshtokenstandin',
}
const named = { nonce: 'patchbaynoncestandin', uuid: 'patchbayuuidstandin' }
/** Parts of the request that contains a text, if there is no request yet. */
export const requestPlaceholders = {
  ...{
    request_method: 'patchbayrequestmethodstandin',
    request_url: 'patchbayrequesturlstandin',
    request_host: 'patchbayrequesthoststandin',
  },
  ...{
    request_path: 'patchbayrequestpathstandin',
    request_query: 'patchbayrequestquerystandin',
    request_body: 'patchbayrequestbodystandin',
  },
}
const host = 'patchbay.invalid'
/** For an unknown part of a URL, because `…` itself would be encoded. */
export const ellipsisPlaceholder = 'patchbayellipsisstandin'

type Named = { text: string; as: string }

/** The input of a preview: plain values, and placeholders for everything else. */
export function makePlaceholders(input: PlaceholderInput): Placeholders {
  const { connector, method, endpoint, values = {}, redirectUri, now } = input
  const methodValues = new Map(values.method)
  const stored = new Map<string, string>()
  const secrets = SecretBook.of(...Object.values(placeholderTokens), ...Object.values(placeholderGrant))
  const missing: Named[] = Object.entries({ ...named, ...requestPlaceholders }).map(([key, text]) => ({
    text,
    as: `{{ ${key} }}`,
  }))
  const replaced = new Set<string>()
  const filled = filledLater(method)
  effectiveDefinitions({ connector, method, endpoint }).forEach((definition, index) => {
    const hasValue = effectiveValue(definition, values) !== ''
    if (!definition.secret && (hasValue || !(definition.required || filled.has(definition.key)))) return
    const text = placeholder(definition, index)
    if (definition.secret) secrets.addWhole(text)
    else missing.push({ text, as: `{{ ${definition.key} }}` })
    replaced.add(definition.id).add(definition.key)
    const whole = cutPlaceholder(text, definition.key, method)
    if (filled.has(definition.key)) stored.set(definition.key, whole)
    else methodValues.set(definition.id, whole)
  })
  const steps = stepPlaceholders(method, secrets, missing)
  const without = (map: ReadonlyMap<string, string> | undefined) =>
    new Map([...(map ?? [])].filter(([name]) => !replaced.has(name)))
  const filledIn = {
    ...values,
    shape: without(values.shape),
    stored: new Map([...without(values.stored), ...stored]),
    method: methodValues,
  }
  const missingTexts = missing.map(({ text }) => text)
  return {
    connector: {
      ...connector,
      allowedHosts: [...connector.allowedHosts, `*.${host}`, ...hostsWith(missingTexts, input, filledIn)],
    },
    values: filledIn,
    context: {
      reserved: {
        ...(hasToken(method) && placeholderTokens),
        ...named,
        now,
        token_type: 'Bearer',
        redirect_uri: redirectUri,
      },
      steps,
      signer: placeholderSigner,
    },
    shown: maskWith(secrets, [...missing, { text: ellipsisPlaceholder, as: '…' }]),
  }
}

/** The hosts of URL variables that filters make from a missing value: the preview allows them. */
function hostsWith(
  texts: readonly string[],
  { connector, method, endpoint }: PlaceholderInput,
  values: VariableValues,
): string[] {
  const { options } = method
  const scope = scopeOf(effectiveDefinitions({ connector, method, endpoint }), values)
  const urls = [connector.baseUrl, options.baseUrl, ...method.phases.map(({ url }) => url ?? ''), endpoint?.url ?? '']
  const hosts = urls.map((url) => {
    const parsed = parseUrlTemplate(url)
    if (!parsed.ok || parsed.value.origin?.kind !== 'variable') return ''
    const address = valueOfPart(parsed.value.origin.part, scope, withDerivedValues(options, scope, {}))
    return (address.ok && /^https?:\/\/([^/]+)/.exec(address.value?.text ?? '')?.[1]) || ''
  })
  return [...new Set(hosts)].filter((name) => texts.some((text) => name.includes(text)))
}

/** Hexadecimal digits, valid as hexadecimal, Base64 and Base64url, and as a label of a host. */
function placeholder({ inputKind, secret, options }: VariableDefinition, index: number): string {
  const name = `${secret ? '5ec0de5ec0de' : 'fa11ed00fa11'}${String(index).padStart(4, '0')}5ec0fa11`
  const isAddress =
    inputKind === 'url' || (inputKind === 'select' && options.every(({ value }) => /^https?:\/\//.test(value)))
  return isAddress ? `https://${name}.${host}` : name
}

/** Whether requests have an access token, or would have one if the method had its Token URL. */
function hasToken(method: MethodDefinition): boolean {
  if (tokenOriginOf(method) !== null) return true
  return authenticationTypeDefinitions[method.type].urls.some(({ phase, required }) => phase === 'exchange' && required)
}

/** Variables that an authorisation or a response fills. */
function filledLater(method: MethodDefinition): Set<string> {
  const { options } = method
  const { kept, keptFromCallback } = options
  return new Set([
    ...filledVariablesOf(method),
    ...keptFromCallback.map(({ variable }) => variable),
    ...keysFromResponses(method.phases, kept),
  ])
}

/** Placeholders for the values that earlier token requests extract. */
function stepPlaceholders({ phases }: MethodDefinition, secrets: SecretBook, missing: Named[]): Map<string, string> {
  const steps = new Map<string, string>()
  for (const { kind, step, extract } of phases) {
    for (const { variable, secret } of (kind === 'exchange' && extract) || []) {
      const name = `step${step + 1}.${variable}`
      const text = `patchbaystep${step + 1}x${steps.size}standin`
      steps.set(
        name,
        phases.some(({ url }) => url?.replace(/\s/g, '').startsWith(`{{${name}`)) ? `https://${text}.${host}` : text,
      )
      if (secret) secrets.addWhole(text)
      else missing.push({ text, as: `{{ ${name} }}` })
    }
  }
  return steps
}

function maskWith(placeholders: SecretBook, missing: readonly Named[]): Placeholders['shown'] {
  const names = missing.map(({ text }) => text)
  return (text, more) => {
    const secrets = placeholders.copy()
    // A name is not secret, even if the builder counts the text that contains it as secret.
    for (const secret of more?.texts() ?? []) if (!names.includes(secret)) secrets.addWhole(secret)
    return missing.reduce(nameIn, createRedactor({ secrets }).text(text))
  }
}

/** Replaces the placeholder as it is, as a whole address, in upper case and in Base64. */
function nameIn(text: string, { text: from, as }: Named): string {
  const encoded = as.replace(' }}', ' | base64_encode }}')
  return [`https://${from}.${host}`, from, from.toUpperCase()]
    .reduce((result, form) => result.replaceAll(form, as), text)
    .replaceAll(base64(from), encoded)
}
