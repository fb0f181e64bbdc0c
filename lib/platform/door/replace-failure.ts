import type { IncomingMessage, ServerResponse } from 'node:http'
import { isCrossOriginHeader } from './cross-origin'
import { sendRefusal, type Refusal } from './refusal'

/**
 * Sends a refusal instead of the framework's response with status 500. The framework responds in several ways (at once,
 * as a stream, compressed), all of which call these three methods.
 * @param refusalOf called once, when the status is known; null leaves the response as it is
 */
export function replaceFailure(
  request: IncomingMessage,
  response: ServerResponse,
  refusalOf: () => Refusal | null,
): void {
  const [writeHead, write, end] = [response.writeHead, response.write, response.end]
  const original = { writeHead: writeHead.bind(response), end: end.bind(response) } as const
  let refusal: Refusal | null | undefined
  let sent = false
  const isReplaced = (status: number): boolean => {
    if (refusal === undefined) refusal = status === 500 && !response.headersSent ? refusalOf() : null
    return refusal !== null
  }
  const sendInstead = () => {
    if (sent) return
    sent = true
    for (const name of response.getHeaderNames()) if (!isCrossOriginHeader(name)) response.removeHeader(name)
    sendRefusal(request, original, refusal!)
  }

  response.writeHead = function (status: number, ...rest: unknown[]) {
    return isReplaced(status) ? response : Reflect.apply(writeHead, response, [status, ...rest])
  } as typeof writeHead
  response.write = function (...chunk: unknown[]) {
    if (!isReplaced(response.statusCode)) return Reflect.apply(write, response, chunk)
    callBack(chunk)
    return true
  } as typeof write
  response.end = function (...chunk: unknown[]) {
    if (!isReplaced(response.statusCode)) return Reflect.apply(end, response, chunk)
    sendInstead()
    callBack(chunk)
    return response
  } as typeof end
}

/** Calls the callback of the write, although the data is dropped. */
function callBack(parameters: unknown[]): void {
  const last = parameters.at(-1)
  if (typeof last === 'function') queueMicrotask(() => Reflect.apply(last, undefined, []))
}
