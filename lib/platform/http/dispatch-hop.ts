import type { Readable } from 'node:stream'
import type { Dispatcher } from 'undici'
import { ResponseBody } from './response-body'
import { SendFailure } from './failure'
import type { Hop } from './redirect'
import type { StreamedBody } from './streamed-body'

/** Sends a request on a connection and streams the body of the response. */

export type HopResponse = { status: number; headers: [string, string][]; body: ResponseBody }

export type HopOptions = {
  /** Called for each piece of the response. */
  onProgress?: () => void
  limit: number
  sampleBytes: number
  explain: (error: Error) => SendFailure
  /** Called when the connection is open and nothing is written yet; an exception ends the request unsent. */
  mayStart: () => void
  /** Called before the first byte is written: from then on the server may have acted on the request. */
  onStart: () => void
}

export type RunningHop = { response: Promise<HopResponse>; stop: (reason: Error) => void }

/** @param hop `stream`: sent instead of its body */
export function dispatchHop(
  dispatcher: Dispatcher,
  hop: Hop & { stream?: StreamedBody },
  options: HopOptions,
): RunningHop {
  const { promise, resolve, reject } = Promise.withResolvers<HopResponse>()
  let controller: Dispatcher.DispatchController | null = null
  let body: ResponseBody | null = null
  let stopped: Error | null = null
  const handler: Dispatcher.DispatchHandler = {
    onRequestStart: (started) => {
      // Throws instead of aborting, which would close a working connection.
      if (stopped) throw stopped
      options.mayStart()
      controller = started
      options.onStart()
    },
    onResponseStart: (started, status) => {
      if (status < 200) return
      body = new ResponseBody({ ...options, controller: started })
      resolve({ status, headers: headerPairs(started.rawHeaders), body })
    },
    onResponseData: (_controller, chunk) => body?.receive(chunk),
    onResponseEnd: () => body?.complete(),
    onResponseError: (_controller, error) => (body === null ? reject(error) : body.destroy(error)),
  }
  dispatcher.dispatch(
    {
      origin: hop.url.origin,
      path: hop.url.pathname + hop.url.search,
      method: hop.method,
      headers: hop.headers.concat(lengthOf(hop.stream)).flat(),
      // undici takes every async iterable; its type names only some.
      body: (hop.stream as unknown as Readable | undefined) ?? hop.body,
    },
    handler,
  )
  return {
    response: promise,
    // The pool notices an abort only once it has a connection, but the caller must know immediately.
    stop: (reason) => {
      stopped = reason
      reject(reason)
      if (body !== null) body.destroy(reason)
      else controller?.abort(reason)
    },
  }
}

/** A body without a known length is sent in chunks. */
function lengthOf(stream: StreamedBody | undefined): Hop['headers'] {
  return stream === undefined || stream.length === null ? [] : [['content-length', String(stream.length)]]
}

/** Reads names and values, which alternate as text or bytes. */
function headerPairs(raw: Dispatcher.DispatchController['rawHeaders']): [string, string][] {
  const flat = (raw as (string | Buffer)[]).map((part) => (typeof part === 'string' ? part : part.toString('latin1')))
  const pairs: [string, string][] = []
  for (let index = 0; index < flat.length; index += 2) pairs.push([flat[index]!, flat[index + 1] ?? ''])
  return pairs
}
