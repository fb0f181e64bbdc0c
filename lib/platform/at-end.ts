import 'server-only'

/** The server (lib/platform/server/serve.ts) runs these before it exits; its module and this one share no imports. */
const holder = globalThis as { patchbayAtEnd?: Map<string, () => Promise<void>> }

/**
 * What is still to be done when the process is asked to stop. One work per name: a reloaded module replaces its own.
 */
export function atEnd(name: string, work: () => Promise<void>): void {
  ;(holder.patchbayAtEnd ??= new Map()).set(name, work)
}
