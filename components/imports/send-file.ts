import { mostUploadBytes, uploadPath } from '@/lib/platform/upload-path'

export type SentFile = { id: string } | { refusal: string }

const tooLarge = `A file can have at most ${mostUploadBytes / 1024 / 1024} MB. Import a part of the document, or put it into a zip file.`
const signedOut = 'You are not signed in. Reload the page and sign in.'
const lost = 'The connection to the server was lost. Choose the file again.'

/**
 * Sends a file as the body of one request. `fetch` reports no progress of what it sends, so this is an XMLHttpRequest.
 * @param updates the connector that the file updates; null if it adds one
 * @param onProgress gets the part that was sent, from 0 to 1
 */
export function sendFile(file: File, updates: string | null, onProgress: (part: number) => void): Promise<SentFile> {
  if (file.size > mostUploadBytes) return Promise.resolve({ refusal: tooLarge })
  return new Promise((resolve) => {
    const request = new XMLHttpRequest()
    request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total)
    request.onerror = () => resolve({ refusal: lost })
    request.onabort = () => resolve({ refusal: lost })
    request.onload = () => resolve(readResponse(request))
    const query = new URLSearchParams({ fileName: plainName(file.name), ...(updates !== null && { updates }) })
    request.open('POST', `${uploadPath}?${query}`)
    request.setRequestHeader('Content-Type', 'application/octet-stream')
    request.send(file)
  })
}

function readResponse({ status, responseText }: XMLHttpRequest): SentFile {
  if (status === 401) return { refusal: signedOut }
  try {
    const { id, detail } = JSON.parse(responseText) as { id?: string; detail?: string }
    return id === undefined ? { refusal: detail ?? lost } : { id }
  } catch {
    return { refusal: lost }
  }
}

/** A name only says to people which file it was. */
function plainName(name: string): string {
  return name
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '')
    .toWellFormed()
    .slice(-200)
    .toWellFormed()
    .trim()
}
