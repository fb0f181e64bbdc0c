import { z } from 'zod'
import { appliedDocument, comparedDocument } from '@/lib/imports/apply/views'
import { keyField } from '@/lib/domain/text-schema'
import type { Repository } from '@/lib/connectors/managed-by'
import { PlainError } from '@/lib/platform/server/plain-error'
import { compareLong } from './long-document'

/** What the commands need of the REST API of an installation, here or elsewhere. */

const listed = z.object({
  // The key becomes the name of a file.
  items: z.array(z.object({ id: z.string(), key: keyField })),
  nextCursor: z.string().nullable(),
})
const document = z.object({ document: z.string(), documentHash: z.string() })
const problem = z.object({ code: z.string(), detail: z.string() })

export type RemoteDocument = z.infer<typeof document>
export type Compared = z.infer<typeof comparedDocument>
export type Applied = z.infer<typeof appliedDocument>
export type Refused = { code: string; message: string }
export type Answer<Value> = { ok: true; value: Value } | { ok: false; refused: Refused }

/** How a document is applied that was compared. */
export type Change = {
  /** `none`: there must be no such connector yet. */
  expectedHash: string
  confirmed: boolean
  managedBy: Repository
}

/** A document that was compared with its connector. */
export type Comparison = {
  compared: Compared
  apply: (change: Change) => Promise<Answer<Applied>>
  /** Says that it is not needed any more. */
  end: () => Promise<void>
}

/** Sends a request to a path of the API. The body is JSON, or as text a file. */
export type Send = (
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  body?: object | string,
) => Promise<{ status: number; body: unknown }>

const longestWaitMs = 180_000
/** For a file of 100 MB. */
const longestUploadMs = 20 * 60_000

/** @param url of the installation, such as `https://patchbay.example.com` */
export function sendTo(url: string, key: string): Send {
  return async (method, path, body) => {
    const isFile = typeof body === 'string'
    const type = isFile ? 'application/octet-stream' : 'application/json'
    try {
      const response = await fetch(`${url.replace(/\/+$/, '')}/api/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${key}`, ...(body && { 'content-type': type }) },
        ...(body && { body: isFile ? body : JSON.stringify(body) }),
        redirect: 'error',
        signal: AbortSignal.timeout(isFile ? longestUploadMs : longestWaitMs),
      })
      const text = await response.text()
      return { status: response.status, body: text === '' ? null : (JSON.parse(text) as unknown) }
    } catch (error) {
      const cause = (error as Error).cause
      throw new PlainError(
        `${url} did not answer: ${cause instanceof Error ? cause.message : (error as Error).message}. Check PATCHBAY_URL.`,
      )
    }
  }
}

export type Waiting = {
  /** Gets a line when something that takes long has got further. */
  progress: (line: string) => void
  /** A pause before the installation is asked again how far it is. */
  pause: () => Promise<unknown>
}

export type Ask = <Value>(schema: z.ZodType<Value>, ...request: Parameters<Send>) => Promise<Answer<Value>>

/** Limits of a document in a request (lib/imports/document-schema), and of the request, which escapes it. */
const mostCharacters = 1_000_000
const mostBytes = 1_900_000

function isLong(document: string): boolean {
  return document.length > mostCharacters || Buffer.byteLength(JSON.stringify(document)) > mostBytes
}

export function apiOf(send: Send, waiting: Waiting) {
  async function ask<Value>(schema: z.ZodType<Value>, ...request: Parameters<Send>): Promise<Answer<Value>> {
    const { status, body } = await send(...request)
    if (status < 300) return { ok: true, value: schema.parse(body) }
    const refused = problem.safeParse(body)
    if (!refused.success) throw new PlainError(`The installation answered with the status ${status}.`)
    return { ok: false, refused: { code: refused.data.code, message: refused.data.detail } }
  }
  async function must<Value>(schema: z.ZodType<Value>, ...request: Parameters<Send>): Promise<Value> {
    const answer = await ask(schema, ...request)
    if (answer.ok) return answer.value
    throw new PlainError(answer.refused.message)
  }
  return {
    /** All connectors that the key may see, by key. */
    async listConnectors(): Promise<{ id: string; key: string }[]> {
      const connectors: { id: string; key: string }[] = []
      for (let after = ''; ;) {
        const page = await must(listed, 'GET', `/connectors?sort=name&after=${encodeURIComponent(after)}`)
        connectors.push(...page.items)
        if (page.nextCursor === null) return connectors.sort((one, other) => (one.key < other.key ? -1 : 1))
        after = page.nextCursor
      }
    },
    readDocument: (id: string) => must(document, 'GET', `/connectors/${id}/document`),
    /**
     * Compares a document with its connector: a short one in one request, a long one in a job of the installation.
     * @param key of the connector
     */
    async compare(key: string, document: string, removeOthers: boolean): Promise<Answer<Comparison>> {
      if (isLong(document)) return compareLong(ask, waiting, { key, document, removeOthers })
      const given = { document, removeOthers }
      const compared = await ask(comparedDocument, 'POST', '/connectors/compare', given)
      if (!compared.ok) return compared
      const apply = (change: Change) => ask(appliedDocument, 'POST', '/connectors/apply', { ...given, ...change })
      return { ok: true, value: { compared: compared.value, apply, end: async () => {} } }
    },
  }
}

export type Api = ReturnType<typeof apiOf>
