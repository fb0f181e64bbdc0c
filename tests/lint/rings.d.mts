import type { Rule } from 'eslint'

export function brokenLaw(given: { from: string; name: string; names?: string[] }): string | null
export function stepsOf(path: string): string[]
export const ringsRule: Rule.RuleModule
export const domainModules: readonly string[]
