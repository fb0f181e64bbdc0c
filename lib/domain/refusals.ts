import { refuse, type Refusal } from './result'

/** The standard sentences of refusals, each written once. */

const nouns = {
  connector: 'connector',
  authentication_method: 'authentication method',
  endpoint: 'endpoint',
  variable: 'variable',
  parameter: 'parameter',
  instance: 'instance',
  flow: 'flow',
  shape: 'shape',
  person: 'person',
  invitation: 'invitation',
  api_key: 'API key',
  authorisation_link: 'authorisation link',
  import: 'import',
} as const
export type Noun = keyof typeof nouns

type Refused = { ok: false; error: Refusal }

/** Also for objects of another workspace: a person must not find out whether they exist. */
export function notFound(noun: Noun, field?: string): Refused {
  const sentence =
    noun === 'person'
      ? 'This person is not in your workspace; they may have been removed.'
      : `This ${nouns[noun]} does not exist in your workspace; it may have been deleted.`
  return refuse('not_found', sentence, field)
}

export function notAllowed(): Refused {
  return refuse(
    'not_allowed',
    'Your role does not allow this. Ask an administrator of the workspace to change your role or to do it for you.',
  )
}

/** For programs, whose key has a role of its own. */
export function keyNotAllowed(): Refused {
  return refuse(
    'not_allowed',
    'The role of this API key, or the current role of its owner, does not allow this. Use a key with a higher role.',
  )
}

export function beyondKeyLimits(): Refused {
  return refuse(
    'not_allowed',
    'This API key is limited to some connectors or instances, and this concerns the whole workspace. Use a key without this limit.',
  )
}

export function callsOnly(): Refused {
  return refuse('not_allowed', 'This API key may only call endpoints. Use a key without this limit.')
}

/** For a person, about input that none of our forms sends. */
export const unreadableInput = 'This could not be read. Reload the page and try again.'

/** The settings changed while the request was being built. It is built again, and refused after several attempts. */
export const changedMeanwhile: Refusal = {
  code: 'changed_by_someone_else',
  message: 'The settings of this instance were changed while the request was being made. Send it again.',
}
