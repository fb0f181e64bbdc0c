import type { VariableDefinition } from '../definitions'

/** The fields of a locked variable that cannot change. It cannot be removed; everything else can change (rule R13). */
export const lockedFields = ['key', 'secret'] as const satisfies readonly (keyof VariableDefinition)[]
