import type { MethodInput } from '@/lib/authentication-methods/document-schema'
import { findLiteralSecret } from '@/lib/domain/variables/literal-secrets'
import type { AuthenticationType } from '@/lib/domain/vocabulary'
import { checkUrl } from '@/lib/endpoints/check-endpoint'
import { hostOf } from '../openapi/host-of'
import { definitionLimits } from '../openapi/limits'
import type { Node } from '../openapi/nodes'
import type { Report } from '../openapi/report'
import { isPlainLine, literal } from '../openapi/texts'
import type { VariableInput } from '../openapi/variables'
import type { Auth } from './auth-fields'
import type { PostmanDraft } from './draft'
import { piecesOf } from './references'
import type { Secrets } from './secrets'
import type { VariableSources } from './variable-sources'

/** What authentications are mapped with. */
export type AuthContext = {
  draft: PostmanDraft
  sources: VariableSources
  secrets: Secrets
  report: Report
  /** Hosts to which URL variables lead. */
  hosts: Set<string>
}

/** A value for an instance: `key` is a variable of the method, `text` may name variables of the collection. */
export type Given = { key: string; text: string; secret: boolean }

/** An authentication as a method without its final name. */
export type AuthDraft = {
  name: string
  type: AuthenticationType
  variables: VariableInput[]
  options?: MethodInput['options']
  requests?: NonNullable<MethodInput['requests']>
  parameters?: NonNullable<MethodInput['parameters']>
  given: Given[]
}

export type AuthReader = (auth: Auth, context: AuthContext) => AuthDraft | null

/** A setting that is the same everywhere: the default of a variable. One that differs is a value for an instance. */
export class Settings {
  readonly variables: VariableInput[] = []
  readonly given: Given[] = []
  readonly #context: AuthContext

  constructor(context: AuthContext) {
    this.#context = context
  }

  /** @param more what else is said about the variable */
  add(key: string, text: string, more: Partial<VariableInput> = {}): this {
    const values = text === '' ? [''] : this.#context.sources.everyValue(text)
    const [only = '', ...others] = values ?? []
    const isDefault =
      values !== null &&
      others.length === 0 &&
      isPlainLine(only, definitionLimits.variableText) &&
      findLiteralSecret(only, key) === null &&
      !this.#context.secrets.isIn(only)
    if (isDefault && only !== '') this.variables.push({ ...more, key, defaultValue: only })
    else if (Object.keys(more).length > 0) this.variables.push({ ...more, key })
    if (!isDefault) this.given.push({ key, text, secret: false })
    return this
  }
}

/** The address of a token request; null, with a line in the report, if it cannot be one. */
export function authUrl(text: string, node: Node, { draft, sources, secrets, report, hosts }: AuthContext) {
  const given = text.trim()
  if (given === '') return null
  const values = sources.everyValue(given)
  const url = values?.length === 1 ? literal(values[0]!) : templateOf(given, node, draft, true)
  for (const value of values ?? []) if (values!.length > 1) hosts.add(hostOf(value) ?? '')
  if (isPlainLine(url, definitionLimits.url) && checkUrl(url).ok && !url.startsWith('/') && !secrets.isIn(url))
    return url
  report.add('not_imported', node, 'An address of this authentication cannot be used. Enter it on the method.')
  return null
}

/** A text of a method: its variables are those of the connector. @param isUrl a variable at its beginning is an address */
export function templateOf(text: string, node: Node, draft: PostmanDraft, isUrl = false): string {
  return piecesOf(text)
    .map((piece, index) => {
      if (piece.kind === 'text') return literal(piece.text)
      return draft.connectorOutput(piece.name, node, {
        required: true,
        ...(isUrl && index === 0 && { inputKind: 'url' }),
      })
    })
    .join('')
}
