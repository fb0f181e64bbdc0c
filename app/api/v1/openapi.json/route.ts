import { answerDocument } from '@/lib/api/document/answer-document'

export { answerDocument as GET }
