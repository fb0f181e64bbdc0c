import 'server-only'
import { ProtocolError, ProtocolErrorCode, type McpServer, type ServerContext } from '@modelcontextprotocol/server'
import { createMcpHandler } from 'mcp-handler'
import { findKeyCaller } from '@/lib/api/caller'
import { refusalOfFailure } from '@/lib/api/failure'
import { apiHeaders, problemResponse } from '@/lib/api/problem'
import { takeTurn } from '@/lib/api/rate-limit'
import { readBytes } from '@/lib/api/read-request'
import type { Actor } from '@/lib/domain/access/actor'
import { succeed } from '@/lib/domain/result'
import { callTool } from './call-tool'
import { cut } from './cut'
import { instructions, serverInfo } from './introduction'
import { refusalOfTool } from './tool'
import { tools } from './tools'

/**
 * Responds to a request of `/api/mcp`: finds whose key it is, counts it, and lets the SDK speak the protocol (MCP
 * 2026-07-28, and the stateless form of the revisions of 2025). Nothing is remembered between two requests.
 */
export async function answerMcp(request: Request): Promise<Response> {
  try {
    return await answer(request)
  } catch (error) {
    return problemResponse(refusalOfFailure(error))
  }
}

async function answer(request: Request): Promise<Response> {
  const caller = await findKeyCaller(request)
  if (!caller.ok) return problemResponse(caller.error)
  const body = request.method === 'POST' ? await readBytes(request) : succeed(null)
  if (!body.ok) return problemResponse(body.error)
  const turn = await takeTurn(caller.value, messagesIn(body.value))
  if (turn.refusal) return withHeaders(problemResponse(turn.refusal), turn.headers)
  return withHeaders(await serve(caller.value, request, body.value), { ...apiHeaders, ...turn.headers })
}

/** Of the revisions that the SDK speaks, only 2025-03-26 knows batches. Each message of one counts. */
function messagesIn(body: Buffer | null): number {
  if (body === null || !/^\s*\[/.test(body.toString('latin1', 0, 1_024))) return 1
  try {
    const messages: unknown = JSON.parse(body.toString('utf8'))
    return Array.isArray(messages) ? Math.max(1, messages.length) : 1
  } catch {
    return 1
  }
}

/** One for the process, which makes a server for each request. */
const handle = createMcpHandler(({ server }) => offerTools(server), {
  ...{ serverInfo, instructions, capabilities: { tools: { listChanged: false } } },
  // Nothing is announced, so a subscription is acknowledged and stays silent.
  maxSubscriptions: 100,
  telemetry: false,
})

function serve(actor: Actor, { url, method, headers, signal }: Request, body: Buffer | null): Promise<Response> {
  const request = new Request(url, { method, headers, signal, ...(body && { body: new Uint8Array(body) }) })
  request.auth = { token: '', clientId: '', scopes: [], extra: { actor } }
  return handle(request)
}

/**
 * The SDK's own registration of tools refuses a wrong input and an unlisted tool in its words, before ours; so the two
 * methods are answered here.
 */
function offerTools(server: McpServer['server']): void {
  server.setRequestHandler('tools/list', (_request, context) => {
    const actor = actorOf(context)
    return { tools: tools.filter((tool) => refusalOfTool(actor, tool) === null).map((tool) => tool.listed()) }
  })
  server.setRequestHandler('tools/call', ({ params }, context) => {
    const tool = tools.find(({ name }) => name === params.name)
    if (!tool) throw new ProtocolError(ProtocolErrorCode.InvalidParams, `There is no tool “${cut(params.name, 100)}”.`)
    return callTool(actorOf(context), tool, params.arguments ?? {})
  })
}

/** As `serve` passed it. */
function actorOf({ http }: ServerContext): Actor {
  return http!.authInfo!.extra!.actor as Actor
}

function withHeaders(response: Response, headers: Record<string, string>): Response {
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value)
  return response
}
