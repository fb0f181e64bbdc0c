import { answerCallRoute } from '@/lib/api/call/answer-call-route'

/** In production the server answers calls before the framework (lib/api/call/handle-call.ts). */
export {
  answerCallRoute as DELETE,
  answerCallRoute as GET,
  answerCallRoute as HEAD,
  answerCallRoute as PATCH,
  answerCallRoute as POST,
  answerCallRoute as PUT,
}
