import 'server-only'
import type { Actor } from '@/lib/domain/access/actor'
import { apiPath } from '@/lib/domain/api-path'
import { refuse } from '@/lib/domain/result'
import { refusalFor } from '@/lib/operations/operation'
import { findCaller } from './caller'
import { refusalOfFailure } from './failure'
import { routeFinder } from './find-route'
import { repeatable } from './idempotency'
import { idsOfPath } from './path-ids'
import { perform, type Asked } from './perform'
import { problemResponse, type ApiRefusal } from './problem'
import { takeTurn } from './rate-limit'
import { isRepeatable } from './route'
import { routes } from './routes'

/**
 * Responds to a request of `/api/v1`: finds who asks and which operation they mean, gives the operation its input, and
 * turns its result into a response. No rule of the product is here; the operations decide.
 */

const findRoute = routeFinder(routes)

const unknownAddress = refuse(
  'not_found',
  'The API has no such address. All its addresses are in /api/v1/openapi.json.',
).error

export async function answerApi(request: Request): Promise<Response> {
  try {
    return await answer(request)
  } catch (error) {
    return problemResponse(refusalOfFailure(error))
  }
}

async function answer(request: Request): Promise<Response> {
  const url = new URL(request.url)
  const method = request.method === 'HEAD' ? 'GET' : request.method
  // `/api/v2/flows` is not `/api/v1/flows`.
  const found = url.pathname.startsWith(`${apiPath}/`)
    ? findRoute(method, url.pathname.slice(apiPath.length))
    : ({ kind: 'unknown' } as const)
  const caller = await findCaller(request)
  if (!caller.ok) return problemResponse(caller.error)
  const turn = await takeTurn(caller.value)
  const response = turn.refusal ? problemResponse(turn.refusal) : await answerCaller(request, url, caller.value, found)
  for (const [name, value] of Object.entries(turn.headers)) response.headers.set(name, value)
  return response
}

async function answerCaller(
  request: Request,
  url: URL,
  actor: Actor,
  found: ReturnType<typeof findRoute>,
): Promise<Response> {
  if (found.kind === 'unknown') return problemResponse(unknownAddress)
  if (found.kind === 'other_method') return problemResponse(otherMethod(found.allowed))
  const { route } = found
  const refused = refusalFor(actor, route.operation.definition)
  if (refused) return problemResponse(refused)
  const path = await idsOfPath(actor, found.path)
  if (!path.ok) return problemResponse(path.error)
  const asked: Asked = { request, url, actor, route, path: path.value }
  const result = isRepeatable(route) ? await repeatable(asked, perform) : await perform(asked)
  return result.ok ? result.value : problemResponse(result.error)
}

function otherMethod(allowed: readonly string[]): ApiRefusal {
  const list = [...new Set(allowed)].sort().join(', ')
  return {
    code: 'method_not_allowed',
    message: `This address accepts only ${list}. Nothing was changed.`,
    headers: { allow: list },
  }
}
