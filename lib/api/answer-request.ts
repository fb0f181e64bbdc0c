import 'server-only'
import { apiPath } from '@/lib/domain/api-path'
import { isCallPath } from '@/lib/platform/call-path'
import { answerApi } from './answer'
import { answerOptions } from './answer-options'
import { answerCallRoute } from './call/answer-call-route'
import { answerDocument } from './document/answer-document'

/** Responds to every request under `/api/v1` that the framework gets, and refuses other addresses of the API. */
export function answerRequest(request: Request): Response | Promise<Response> {
  if (request.method === 'OPTIONS') return answerOptions(request)
  const { pathname } = new URL(request.url)
  if (isCallPath(pathname)) return answerCallRoute(request)
  const isRead = request.method === 'GET' || request.method === 'HEAD'
  return isRead && pathname === `${apiPath}/openapi.json` ? answerDocument(request) : answerApi(request)
}
