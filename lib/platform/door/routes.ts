import type { IncomingMessage, ServerResponse } from 'node:http'

export type ServerRequest = IncomingMessage
export type ServerAnswer = ServerResponse

/** Responds to a request itself, or resolves to false if the framework should. */
export type Routes = (request: ServerRequest, response: ServerAnswer) => Promise<boolean>

/**
 * Registers what answers before the framework. The server (lib/platform/server/serve.ts) finds it here; its module and
 * this one share no imports.
 */
export function openRoutes(routes: Routes): void {
  ;(globalThis as { patchbayRoutes?: Routes }).patchbayRoutes = routes
}
