import { answerApi } from '@/lib/api/answer'

/** The REST API. Every address is a route of lib/api. */
export {
  answerApi as DELETE,
  answerApi as GET,
  answerApi as HEAD,
  answerApi as PATCH,
  answerApi as POST,
  answerApi as PUT,
}
