import { answerOptions } from '@/lib/api/answer-options'
import { answerDocument } from '@/lib/api/document/answer-document'

export { answerDocument as GET, answerOptions as OPTIONS }
