import type { DefaultVariable } from './types'

type Given = Pick<DefaultVariable, 'key' | 'displayName'> & Partial<DefaultVariable>

/** A default variable of a type: the instance form asks for it, and it is required unless it says otherwise. */
export function defaultVariable(given: Given): DefaultVariable {
  return {
    helpText: '',
    alias: '',
    defaultValue: '',
    required: true,
    configurable: true,
    advanced: false,
    secret: false,
    locked: false,
    inputKind: 'text',
    options: [],
    pattern: '',
    ...given,
  }
}

/** A variable that the type cannot work without: its key, its secrecy and its existence are locked (rule R13). */
export function essentialVariable(given: Given): DefaultVariable {
  return { ...defaultVariable(given), locked: true }
}

/** For types with a user name and a password. */
export const usernameAndPassword: readonly DefaultVariable[] = [
  essentialVariable({ key: 'username', displayName: 'Username' }),
  essentialVariable({ key: 'password', displayName: 'Password', secret: true }),
]
