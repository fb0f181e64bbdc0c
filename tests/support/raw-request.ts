import { request } from 'node:http'

export type RawResponse = { status: number; headers: Record<string, string | string[] | undefined>; text: string }

type RawRequest = {
  method?: string
  /** The path as it is sent, without decoding; default: the URL's path. */
  target?: string
  headers?: Record<string, string>
  body?: string | Buffer
  /** Sent in chunks, without its length. */
  chunked?: boolean
}

/** A request that neither a browser nor `fetch` would send: another Host, an invalid URL, any method. */
export function sendRawRequest(url: string, { method = 'GET', target, headers = {}, body, chunked }: RawRequest = {}) {
  const { hostname, port, pathname, search } = new URL(url)
  return new Promise<RawResponse>((resolve, reject) => {
    const length = body === undefined || chunked ? {} : { 'content-length': String(Buffer.byteLength(body)) }
    const sent = request(
      { host: hostname, port, method, path: target ?? pathname + search, headers: { ...length, ...headers } },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () =>
          resolve({
            status: response.statusCode!,
            headers: response.headers,
            text: Buffer.concat(chunks).toString(),
          }),
        )
      },
    )
    sent.on('error', reject)
    if (chunked) sent.write(body)
    sent.end(chunked ? undefined : body)
  })
}
