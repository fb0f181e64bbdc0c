import type { IncomingMessage, ServerResponse } from 'node:http'

export type Misbehaviour = (context: {
  request: IncomingMessage
  response: ServerResponse
  url: URL
  evilUrl: string
  rest: string
}) => void

/** Writes as fast as the caller reads, without buffering everything in memory. */
export function pour(response: NodeJS.WritableStream, chunk: Buffer, times: number): void {
  let left = times
  const next = () => {
    while (left > 0) {
      left -= 1
      if (!response.write(chunk)) return void response.once('drain', next)
    }
    response.end()
  }
  next()
}
