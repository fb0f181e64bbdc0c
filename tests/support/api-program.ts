import { answerApi } from '@/lib/api/answer'
import type { PersonActor } from '@/lib/domain/access/actor'
import { anApiKey } from './api-key-builders'

/** A program that uses the API in the process of the test, through the same function as the route of the app. */

export type Sent = { status: number; headers: Headers; body: unknown }

type Options = { body?: unknown; headers?: Record<string, string> }

export type Program = {
  key: string
  keyId: string
  send: (method: string, path: string, options?: Options) => Promise<Sent>
}

export async function aProgram(
  owner: Pick<PersonActor, 'workspaceId' | 'userId'>,
  given: Parameters<typeof anApiKey>[1] = {},
): Promise<Program> {
  const { key, keyId } = await anApiKey(owner, given)
  return { key, keyId, send: (method, path, options) => sendWith(`Bearer ${key}`, method, path, options) }
}

/** @param authorization the header; none if it is null */
export async function sendWith(
  authorization: string | null,
  method: string,
  path: string,
  { body, headers = {} }: Options = {},
): Promise<Sent> {
  const isText = typeof body === 'string'
  const response = await answerApi(
    new Request(`http://localhost:3000/api/v1${path}`, {
      method,
      headers: {
        ...(authorization !== null && { authorization }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: isText ? body : JSON.stringify(body) }),
    }),
  )
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) }
}
