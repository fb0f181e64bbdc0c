'use server'

import { actionOf, draftActionOf } from '@/lib/operations/action'
import { importMethod } from './import-method'
import { previewMethodDocument } from './preview-method-document'
import { replaceMethod } from './replace-method'

const toMethod = ({ id, connectorId }: { id: string; connectorId: string }) =>
  `/connectors/${connectorId}/authentication/${id}`

/** Shows what a document would add, before it is added. */
export const previewMethodDocumentAction = actionOf(previewMethodDocument)
/** Redirects to the new method. */
export const importMethodAction = draftActionOf(importMethod, { redirectTo: toMethod })
/** Redirects to the method. An error with the code `confirmation_needed` is a question to the person. */
export const replaceMethodAction = actionOf(replaceMethod, { redirectTo: toMethod })
