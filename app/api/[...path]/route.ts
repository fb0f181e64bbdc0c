import { answerApi } from '@/lib/api/answer'
import { answerOptions } from '@/lib/api/answer-options'

/** The REST API. Every address is a route of lib/api. */
export {
  answerApi as DELETE,
  answerApi as GET,
  answerApi as HEAD,
  answerApi as PATCH,
  answerApi as POST,
  answerApi as PUT,
  answerOptions as OPTIONS,
}
