import 'server-only'

/** The server (lib/platform/server/serve.ts) runs these; its module and this one share no imports. */
const holder = globalThis as {
  patchbayWhenEnding?: Map<string, () => void>
  patchbayAtEnd?: Map<string, () => Promise<void>>
}

/**
 * Registers work to do immediately when the process is asked to stop, such as ending responses that would otherwise
 * stay open. One work per name, as below.
 */
export function whenEnding(name: string, work: () => void): void {
  ;(holder.patchbayWhenEnding ??= new Map()).set(name, work)
}

/** Registers work to do before the process stops. One work per name, so that a reloaded module replaces its own. */
export function atEnd(name: string, work: () => Promise<void>): void {
  ;(holder.patchbayAtEnd ??= new Map()).set(name, work)
}

/** Does that work, in a process without the server. */
export async function finishWork(): Promise<void> {
  await Promise.allSettled([...(holder.patchbayAtEnd ?? new Map()).values()].map((work) => work()))
}
