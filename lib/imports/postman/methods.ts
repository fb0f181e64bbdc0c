import type { MethodInput } from '@/lib/authentication-methods/document-schema'
import { FreeNames } from '@/lib/domain/free-names'
import { foldName } from '@/lib/domain/names'
import { isPlaceholder } from '../curl/placeholders'
import { definitionLimits } from '../openapi/limits'
import type { ObjectNode } from '../openapi/nodes'
import { labelOf, quote } from '../openapi/texts'
import type { AuthContext, AuthDraft, Given } from './auth-context'
import type { Auth } from './auth-fields'
import { authReaders } from './auth-methods'
import { namesIn } from './references'
import type { Environment } from './variable-sources'

export type PostmanMethod = { name: string; draft: AuthDraft; node: ObjectNode }

/** What the types that Patchbay does not have are called. */
const unknownTypes: Readonly<Record<string, string>> = { hawk: 'Hawk', ntlm: 'NTLM', edgegrid: 'Akamai EdgeGrid' }

/** The methods of a collection. The same authentication in several places is one method. */
export class Methods {
  readonly all: PostmanMethod[] = []
  readonly #context: AuthContext
  /** By what the method is; literal values do not make it another one. */
  readonly #known = new Map<string, PostmanMethod>()
  readonly #read = new Map<object, string | null>()
  readonly #names = new FreeNames(foldName)

  constructor(context: AuthContext) {
    this.#context = context
  }

  /** The name of the method for an authentication; null, with a line in the report, if it cannot become a method. */
  nameFor(auth: Auth): string | null {
    const before = this.#read.get(auth.node.value)
    if (before !== undefined) return before
    const name = this.#nameFor(auth)
    this.#read.set(auth.node.value, name)
    return name
  }

  /** Values for an instance of a method, by the key of the variable. */
  valuesOf({ draft }: PostmanMethod, environment: Environment): [key: string, value: string][] {
    return draft.given.flatMap(({ key, text }): [string, string][] => {
      const value = text === '' ? null : this.#context.sources.resolve(text, environment)
      return value === null || value === '' || isPlaceholder(value) ? [] : [[key, value]]
    })
  }

  #nameFor(auth: Auth): string | null {
    const { report } = this.#context
    const reader = Object.hasOwn(authReaders, auth.type) ? authReaders[auth.type] : undefined
    if (reader === undefined) {
      const type = Object.hasOwn(unknownTypes, auth.type) ? unknownTypes[auth.type]! : quote(auth.type)
      report.add(
        'not_imported',
        auth.node,
        `Patchbay has no authentication of the type ${type}, so the requests with it accept no method. Add one and enable it.`,
      )
      return null
    }
    const draft = reader(auth, this.#context)
    if (draft === null) return null
    for (const given of draft.given) this.#noteSecrets(given)
    return this.#add(draft, auth.node)
  }

  #add(draft: AuthDraft, node: ObjectNode): string | null {
    const { given, ...definition } = draft
    const identity = JSON.stringify([definition, given.map(({ key, text }) => [key, namesIn(text)])])
    const known = this.#known.get(identity)
    if (known !== undefined) {
      this.#compare(known, draft, node)
      return known.name
    }
    if (this.all.length >= definitionLimits.methods) {
      this.#context.report.add(
        'limit',
        node,
        `A connector has at most ${definitionLimits.methods} authentication methods, so this one was left out.`,
      )
      return null
    }
    const method = { name: this.#nameOf(draft), draft, node }
    this.#known.set(identity, method)
    this.all.push(method)
    return method.name
  }

  #nameOf({ name, given }: AuthDraft): string {
    const [variable] = given.flatMap(({ text }) => namesIn(text))
    if (this.#names.take(name)) return name
    const longer = labelOf(`${name} (${this.#context.secrets.redacted(variable ?? '')})`, definitionLimits.name - 8)
    return variable === undefined ? this.#names.takeNumbered(name) : this.#names.takeFree(longer)
  }

  #noteSecrets({ text, secret }: Given): void {
    const { sources, secrets } = this.#context
    if (!secret) return
    for (const name of namesIn(text)) sources.markSecret(name)
    for (const environment of sources.environments) secrets.add(sources.resolve(text, environment) ?? '')
  }

  /** Of several values that are written in requests only the first one is for an instance. */
  #compare({ draft }: PostmanMethod, other: AuthDraft, node: ObjectNode): void {
    const differs = draft.given.some(({ text }, index) => text !== other.given[index]?.text && other.given[index]?.text)
    if (differs)
      this.#context.report.add(
        'changed',
        node,
        'This authentication differs from an earlier one only in its values. It is the same method, and the values of the earlier one are for an instance.',
      )
  }
}

/** A method as a connector document writes it. @param uses connector variables that its instances have values for */
export function methodInput(
  { name, draft: { type, variables, options, requests, parameters } }: PostmanMethod,
  { uses, testUrl }: { uses: MethodInput['uses']; testUrl: string | null },
): MethodInput {
  return {
    ...{ name, type, variables, uses },
    ...(options !== undefined && { options }),
    ...((requests || testUrl !== null) && {
      requests: { ...requests, ...(testUrl !== null && { verify: { url: testUrl } }) },
    }),
    ...(parameters && parameters.length > 0 && { parameters }),
  } as MethodInput
}
