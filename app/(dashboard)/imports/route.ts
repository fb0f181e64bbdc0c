import { receiveUpload } from '@/lib/imports/receive-upload'
import { httpStatusOf } from '@/lib/operations/http-status'
import { actionBegan } from '@/lib/platform/request-under-way'
import { currentActor } from '@/lib/platform/session/actor'

/**
 * Receives a file to import: its bytes are the body, `?name=` is its name, `?updates=` the connector that it updates. The door has compared the origin with our own
 * addresses, as for every change (lib/platform/door).
 * @returns 201 with the import's ID, or the refusal
 */
export async function POST(request: Request): Promise<Response> {
  actionBegan()
  const actor = await currentActor()
  const headers = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' }
  if (!actor)
    return Response.json({ message: 'You are not signed in. Reload the page and sign in.' }, { status: 401, headers })
  const { searchParams } = new URL(request.url)
  const file = { fileName: plainName(searchParams.get('name') ?? ''), updates: searchParams.get('updates') }
  const received = await receiveUpload(actor, file, bytesOf(request))
  if (received.ok) return Response.json(received.value, { status: 201, headers })
  const { code, message } = received.error
  return Response.json({ message }, { status: httpStatusOf[code], headers })
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

async function* bytesOf({ body }: Request): AsyncGenerator<Uint8Array> {
  if (body !== null) yield* body as unknown as AsyncIterable<Uint8Array>
}
