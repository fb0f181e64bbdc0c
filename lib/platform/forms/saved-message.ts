import { counted } from '@/lib/domain/counted'

type Saved = { pendingOrigins: string[]; unknownVariables?: string[] }

/** The message of an editor after a definition was saved. */
export function savedMessage({ pendingOrigins, unknownVariables = [] }: Saved): string {
  const saved =
    unknownVariables.length === 0
      ? 'Saved.'
      : `Saved with ${problemsIn(unknownVariables)}: unknown ${unknownVariables.length === 1 ? 'variable' : 'variables'} ${unknownVariables.join(', ')}.`
  if (pendingOrigins.length > 0) return `${saved} ${originsMessage(pendingOrigins)}`
  return unknownVariables.length === 0 ? `${saved} Applies to all instances.` : saved
}

/** What has to happen before requests are sent to new origins (rule R14). */
export function originsMessage(pendingOrigins: readonly string[]): string {
  const them = pendingOrigins.length === 1 ? 'it' : 'them'
  return `Nothing is sent to ${pendingOrigins.join(', ')} until an administrator confirms ${them}.`
}

/** "2 problems" */
export function problemsIn(unknownVariables: readonly string[]): string {
  return counted(unknownVariables.length, 'problem')
}
