import { statusInWords } from './http-status-words'
import { sentences } from './sentences'

/** Why a request of the log failed, in words for people. Secrets were removed before the line was written. */

/** How a request ended, as its line in the request log says. */
export type RequestEnd = {
  outcome: 'succeeded' | 'refused' | 'failed' | 'not_sent'
  status: number | null
  /** A code of our own; null if the third party refused the request. */
  errorCode: string | null
  /** With an error code: our own sentence. Without one: the text of the response. */
  errorMessage: string | null
}

/** Longer than most messages of vendors, and at most three lines of a phone. */
const longestPhrase = 140

/** What a status means, if the response gives no reason. */
const meanings: Record<number, string> = {
  400: 'The API did not accept the request.',
  401: 'The API did not accept the credentials.',
  403: 'The credentials lack a scope or permission for this request.',
  404: 'The API has nothing at this address.',
  405: 'The API does not accept this HTTP method at this address.',
  409: 'The request conflicts with what the API has stored.',
  410: 'What was at this address is gone.',
  413: 'The request body is too large for the API.',
  415: 'The API does not accept this content type.',
  422: 'The API did not accept the values of the request.',
  429: 'Too many requests: the API asks to wait.',
  500: 'The API had an internal error.',
  502: 'A server in front of the API got no valid response from it.',
  503: 'The API is not available at the moment.',
  504: 'A server in front of the API waited too long for it.',
}

/** What happened, without the text of the response; null if nothing failed. */
function eventOf({ outcome, status, errorCode, errorMessage }: RequestEnd): string | null {
  if (outcome === 'succeeded') return null
  if (errorCode !== null) return errorMessage ?? 'The request failed.'
  if (status === null) return 'The API sent no response.'
  return meanings[status] ?? (status < 500 ? 'The API refused the request.' : 'The API could not handle the request.')
}

/** The vendor's own text; null if our own error says more, or if the response gave no reason. */
function saidBy({ errorCode, errorMessage }: RequestEnd): string | null {
  return errorCode === null && errorMessage !== null && errorMessage !== '' ? errorMessage : null
}

/** A short phrase for a list, preferably the vendor's own text; null if nothing failed. */
export function failurePhrase(end: RequestEnd): string | null {
  const event = eventOf(end)
  const said = saidBy(end)
  if (event === null) return null
  return said === null ? shortened(event) : `“${shortened(said)}”`
}

/** The same in complete sentences, for the page of the request. */
export function failureSentence(end: RequestEnd): string | null {
  const event = eventOf(end)
  if (event === null || end.status === null || end.errorCode !== null) return event
  const said = saidBy(end)
  const sentence = `${statusInWords(end.status)}. ${event}`
  return said === null ? sentence : `${sentence} It says: “${sentences(said)}”`
}

/** Cuts at the end of a word, if one is near. */
function shortened(text: string): string {
  if (text.length <= longestPhrase) return text
  const cut = text.slice(0, longestPhrase).toWellFormed()
  const lastSpace = cut.lastIndexOf(' ')
  return `${cut.slice(0, lastSpace > longestPhrase / 2 ? lastSpace : longestPhrase).trimEnd()}…`
}
