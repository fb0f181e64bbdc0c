import type { MethodFields } from './fields'

/** Of a new method. Apart from the fields, because pages use it, and need no schemas. */
export const methodDefaults = { timeoutSeconds: 30, documentationUrl: '' } as const satisfies Partial<MethodFields>
