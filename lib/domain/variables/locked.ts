import type { VariableDefinition } from '../definitions'

/** What stays as it is on a locked variable, which cannot be removed either; everything else may change (rule R13). */
export const lockedFields = ['key', 'secret'] as const satisfies readonly (keyof VariableDefinition)[]
