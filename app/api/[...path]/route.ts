import { answerRequest } from '@/lib/api/answer-request'
import { answerMcp } from '@/lib/mcp/answer-mcp'

/**
 * Where programs and agents enter: `/api/v1` (lib/api) and `/api/mcp` (lib/mcp). One route for both, because each route of
 * the framework gets a copy of all the code that it uses.
 */
function answer(request: Request): Response | Promise<Response> {
  return new URL(request.url).pathname === '/api/mcp' ? answerMcp(request) : answerRequest(request)
}

export {
  answer as DELETE,
  answer as GET,
  answer as HEAD,
  answer as OPTIONS,
  answer as PATCH,
  answer as POST,
  answer as PUT,
}
