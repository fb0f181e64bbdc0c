import { renderTemplate } from '@/lib/domain/templates/render-template'
import { parseTemplate } from '@/lib/domain/templates/parse-template'
import { isReservedName, variablesOf, type TemplateScope } from '@/lib/domain/templates/template'
import type { TemplateFilter } from './template-filters'

/** The sample values for examples of filters, and the results of the examples. */

const samples: Readonly<Record<string, string>> = {
  text: 'hello',
  region: '',
  client_id: 'ab12',
  client_secret: 's3cret',
  secret_key: 'k3y',
  api_key: 'f00ba4-us6',
  shop: 'blue.myapp.com',
  padded: '  hello ',
  quoted: 'say "hi" & <go>',
  encoded: 'cGF0Y2hiYXk',
  percent_encoded: 'a%2Fb+c',
  public_key:
    '-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----',
  private_key: '-----BEGIN PRIVATE KEY-----',
}

/** Sample values for names that are filled in at run time. */
const reserved = {
  now: '2026-11-21T06:50:00.000Z',
  nonce: '9f86d081884c7d659a2feaa0c55ad015',
  request_method: 'GET',
} as const

const scope: TemplateScope = new Map(
  Object.entries(samples).map(([key, value]) => [
    key,
    { value, required: false, secrecy: 'none' as const, label: key },
  ]),
)

export type FilterExample = {
  given: [name: string, value: string][]
  /** Null for a signature, because only the server uses private keys. */
  result: string | null
}

/** The result of a filter's example, computed by the filter itself. */
export function exampleOf({ example, group }: TemplateFilter): FilterExample {
  const template = parseTemplate(example)
  if (!template.ok) throw new Error(`${example}: ${template.error.message}`)
  const given = variablesOf(template.value).map((name): [string, string] => [name, sampleOf(name)])
  if (group === 'Signature') return { given, result: null }
  const rendered = renderTemplate(template.value, scope, { reserved })
  if (!rendered.ok) throw new Error(`${example}: ${rendered.error.message}`)
  return { given, result: rendered.value.text }
}

function sampleOf(name: string): string {
  const values: Readonly<Record<string, string>> = isReservedName(name) ? reserved : samples
  const value = values[name]
  if (value === undefined) throw new Error(`There is no sample of ${name}.`)
  return value
}
