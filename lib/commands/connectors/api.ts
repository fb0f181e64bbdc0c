import { z } from 'zod'
import { appliedDocument, comparedDocument } from '@/lib/imports/apply/views'
import { keyField } from '@/lib/domain/text-schema'
import type { Repository } from '@/lib/connectors/managed-by'
import { PlainError } from '@/lib/platform/server/plain-error'

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
type Answer<Value> = { ok: true; value: Value } | { ok: false; refused: Refused }

export type Change = {
  document: string
  removeOthers: boolean
  /** `none`: there must be no such connector yet. */
  expectedHash: string
  confirmed: boolean
  managedBy: Repository
}

/** Sends a request to a path of the API; the body is JSON. */
export type Send = (method: 'GET' | 'POST', path: string, body?: object) => Promise<{ status: number; body: unknown }>

const longestWaitMs = 180_000

/** @param url of the installation, such as `https://patchbay.example.com` */
export function sendTo(url: string, key: string): Send {
  return async (method, path, body) => {
    try {
      const response = await fetch(`${url.replace(/\/+$/, '')}/api/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${key}`, ...(body && { 'content-type': 'application/json' }) },
        ...(body && { body: JSON.stringify(body) }),
        redirect: 'error',
        signal: AbortSignal.timeout(longestWaitMs),
      })
      return { status: response.status, body: await response.json() }
    } catch (error) {
      const cause = (error as Error).cause
      throw new PlainError(
        `${url} did not answer: ${cause instanceof Error ? cause.message : (error as Error).message}. Check PATCHBAY_URL.`,
      )
    }
  }
}

export function apiOf(send: Send) {
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
    compare: (text: string, removeOthers: boolean) =>
      ask(comparedDocument, 'POST', '/connectors/compare', { document: text, removeOthers }),
    apply: (change: Change) => ask(appliedDocument, 'POST', '/connectors/apply', change),
  }
}

export type Api = ReturnType<typeof apiOf>
