import type { MethodFields } from './fields'

/** The defaults of a new method. Separate from the fields, so that pages load no schemas. */
export const methodDefaults = { timeoutSeconds: 30, documentationUrl: '' } as const satisfies Partial<MethodFields>
