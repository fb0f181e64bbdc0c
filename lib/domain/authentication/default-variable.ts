import type { DefaultVariable } from './types'

type Given = Pick<DefaultVariable, 'key' | 'displayName'> & Partial<DefaultVariable>

/** A default variable of a type: locked (rule R13), asked on the instance, and required unless it says otherwise. */
export function lockedVariable(given: Given): DefaultVariable {
  return {
    helpText: '',
    alias: '',
    defaultValue: '',
    required: true,
    configurable: true,
    advanced: false,
    secret: false,
    locked: true,
    inputKind: 'text',
    options: [],
    pattern: '',
    ...given,
  }
}

/** Of the types that prove a person's account. */
export const usernameAndPassword: readonly DefaultVariable[] = [
  lockedVariable({ key: 'username', displayName: 'Username' }),
  lockedVariable({ key: 'password', displayName: 'Password', secret: true }),
]
