import { refuse } from '@/lib/domain/result'

/** The refusals of operations on imports, each written once. */

export const notUploading = () =>
  refuse('invalid_input', 'This import does not expect a file any more. Start another one.')

export const notReady = () =>
  refuse(
    'invalid_input',
    'This import cannot be changed now: it is being read or imported, or it is over. Reload the page.',
  )

export const fileTooLarge = () =>
  refuse(
    'request_too_large',
    'A file can have at most 100 MB. Import a part of the document, or put it into a zip file.',
  )

export const keepsNames = () =>
  refuse(
    'invalid_input',
    'An update keeps the names that a connector and its parts have. Rename them in the connector.',
  )

export const readByOtherVersion = () =>
  refuse('invalid_input', 'This document was read by another version of Patchbay. Import it again.')
