import type { Rule } from 'eslint'

export function brokenLaw(given: { from: string; name: string; names?: string[] }): string | null
export const ringsRule: Rule.RuleModule
