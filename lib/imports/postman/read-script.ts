import { isObject } from '@/lib/domain/is-object'
import { childOf, type ObjectNode } from '../openapi/nodes'
import type { Report } from '../openapi/report'
import { quoteSome } from '../openapi/texts'
import { postmanLimits } from './limits'
import { has, objectsPart, textPart } from './parts'
import type { Secrets } from './secrets'
import type { VariableSources } from './variable-sources'

/** What a script does, by the pattern that it is written in. Scripts are not run. */

const setters =
  /(?:pm\.(?:environment|collectionVariables|globals|variables)\.set|postman\.set(?:Environment|Global)Variable)\(\s*(["'`])([^"'`\n]{1,200})\1\s*,\s*([^;\n]{0,500})/g

/** `responseBody`, `pm.response.json().token`, or a variable that is made of one of them. */
const ofResponse = /\bresponse|\bjson|\bbody|\bdata\b|\bres\b|\bresult\b/i

type Set = { name: string; isFromResponse: boolean }

const others: readonly [pattern: RegExp, what: string][] = [
  [
    /\bpm\.sendRequest\(/,
    'It sends another request. If that gets a token, use an authentication method that gets one.',
  ],
  [
    /\bCryptoJS\b|\bcrypto\b.*\b(?:createHmac|subtle)\b|\bcreateHmac\(|\bHmacSHA/i,
    'It computes a hash or a signature. Use an authentication method of the type Request signature.',
  ],
  [
    /\bpm\.request\.(?:headers|url|body|addQueryParams)|\brequest\.headers\b/,
    'It changes the request before it is sent.',
  ],
  [/\bsetNextRequest\(|\bpm\.execution\./, 'It decides which request is sent next. A flow does that here.'],
  [/\bpm\.visualizer\b/, 'It shows the response as a page.'],
  [/\bpm\.test\(|\btests\[|\bpm\.expect\(/, 'It checks the response.'],
]

/** A line for each script of a collection, a folder or a request. */
export function reportScripts(
  report: Report,
  owner: ObjectNode,
  { sources, secrets }: { sources: VariableSources; secrets: Secrets },
): void {
  for (const event of objectsPart(report, owner, 'event', postmanLimits.listed)) {
    const text = scriptOf(report, event)
    if (text.trim() === '') continue
    const isBefore = event.value.listen === 'prerequest'
    const sets = setsOf(text, isBefore, secrets)
    const what = [
      ...sentencesOf(sets, sources),
      ...others.filter(([pattern]) => pattern.test(text)).map(([, sentence]) => sentence),
    ]
    const kind = isBefore ? 'A script before the request' : 'A script after the response'
    const known = what.length === 0 ? '' : ` ${what.join(' ')}`
    report.add('not_imported', event, `${kind} was not imported, because Patchbay does not run scripts.${known}`)
  }
}

function scriptOf(report: Report, event: ObjectNode): string {
  if (event.value.disabled === true || !has(event, 'script')) return ''
  const { value } = childOf(event, 'script')
  const given = isObject(value) ? (value.exec ?? value.src ?? '') : value
  const lines = (Array.isArray(given) ? given : [given]).slice(0, postmanLimits.script / 10)
  const text = lines.filter((line) => typeof line === 'string').join('\n')
  if (text === '' && !isObject(value)) textPart(report, event, 'script')
  return text.slice(0, postmanLimits.script)
}

function setsOf(text: string, isBefore: boolean, secrets: Secrets): Set[] {
  const found = new Map<string, Set>()
  for (const [, , name = '', value = ''] of text.matchAll(setters)) {
    if (found.size === postmanLimits.scriptVariables * 4) break
    found.set(name, { name: secrets.redacted(name), isFromResponse: !isBefore && ofResponse.test(value) })
  }
  return [...found.values()]
}

function sentencesOf(sets: readonly Set[], sources: VariableSources): string[] {
  const credentials = sets.filter(({ name, isFromResponse }) => isFromResponse && sources.isSecret(name))
  const rest = sets.filter((set) => !credentials.includes(set))
  const named = (list: readonly Set[]) =>
    quoteSome(
      list.map(({ name }) => name),
      postmanLimits.scriptVariables,
    )
  const noun = (list: readonly Set[]) => (list.length === 1 ? 'the variable' : 'the variables')
  const fromResponse = rest.filter(({ isFromResponse }) => isFromResponse)
  const computed = rest.filter(({ isFromResponse }) => !isFromResponse)
  return [
    ...(credentials.length === 0
      ? []
      : [
          `It sets ${noun(credentials)} ${named(credentials)} from the response of this request. Use an authentication method that gets a token by such a request.`,
        ]),
    ...(fromResponse.length === 0
      ? []
      : [`It sets ${noun(fromResponse)} ${named(fromResponse)} from the response. A flow passes such values on.`]),
    ...(computed.length === 0 ? [] : [`It sets ${noun(computed)} ${named(computed)}.`]),
  ]
}
