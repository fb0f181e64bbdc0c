import type { MethodInput } from '@/lib/authentication-methods/document-schema'
import type { AuthenticationType } from '@/lib/domain/vocabulary'
import type { VariableInput } from './variables'

/** An authentication method without its name, and what other credentials beside it need to know. */
export type MethodDraft = {
  type: AuthenticationType
  /** Behind the name, where one scheme makes several methods: “authorisation code”. */
  suffix: string
  variables: VariableInput[]
  options?: MethodInput['options']
  requests?: NonNullable<MethodInput['requests']>
  parameters?: NonNullable<MethodInput['parameters']>
}

/** A credential that can be sent in addition to another method: secret variables and parameters. */
export type Extra = Required<Pick<MethodDraft, 'variables' | 'parameters'>>

/** What a security scheme can do. */
export type SchemeReading = {
  name: string
  /** One per flow for OAuth 2, else one. Empty if nothing can represent the scheme. */
  drafts: MethodDraft[]
  /** How well it carries other credentials: the highest of several becomes the method itself. */
  rank: number
  /** Its variables have keys that are not taken. Null if it can only be a method of its own. */
  extra: ((taken: ReadonlySet<string>) => Extra) | null
  /** Where the credential is sent, in lower case for headers: `header authorization`. Null if nowhere. */
  place: string | null
  /** What it sends besides, in the same notation: the headers of a signature. */
  sendsToo?: readonly string[]
}
