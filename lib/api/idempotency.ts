import 'server-only'
import { createHash } from 'node:crypto'
import { actorIdOf, type Actor } from '@/lib/domain/access/actor'
import { refuse, type Refusal, type Result } from '@/lib/domain/result'
import type { OnAudit } from '@/lib/operations/operation'
import { workspaceDb } from '@/lib/platform/db/client'
import { pathOfCreated, readView, valueResponse, viewResponse, type Answered, type Asked } from './perform'
import { readBody } from './read-request'
import { repeatableMs } from './repeatable-for'
import type { JsonObject } from './route'

/**
 * A program that did not get the response of a `POST` may send it again with the same `Idempotency-Key`: the object is
 * created once (DATA §14). The claim is a row of its own; the IDs of what is created are written in the transaction that
 * creates it, so a crash leaves either both or neither.
 */

/** Longer than a request can take; a request that was under way when its process was killed is free again. */
const abandonedMs = 10 * 60 * 1000

/** Visible ASCII characters, as most clients make them. */
const keyForm = /^[\u0021-\u007e]{1,255}$/

const badKey = refuse(
  'malformed_request',
  'An Idempotency-Key is a text of 1 to 255 visible ASCII characters, such as a UUID. Nothing was changed.',
)
const otherContent = refuse(
  'repeated_with_other_content',
  'This Idempotency-Key was used for another request in the last 24 hours. Use a new key for a new request. Nothing was changed.',
)
const underWay = (): { ok: false; error: Refusal & { headers: Record<string, string> } } => ({
  ok: false,
  error: {
    code: 'already_under_way',
    message: 'The first request with this Idempotency-Key has not ended yet. Send it again in a second.',
    headers: { 'retry-after': '1' },
  },
})

export type Repeatable = { body: JsonObject; onAudit: OnAudit }

/** Performs a request that creates something: once per `Idempotency-Key`. Without the header, always. */
export async function repeatable(
  asked: Asked,
  perform: (asked: Asked, repeat?: Repeatable) => Promise<Answered>,
): Promise<Answered> {
  const key = asked.request.headers.get('idempotency-key')
  if (key === null) return perform(asked)
  if (!keyForm.test(key)) return badKey
  const body = await readBody(asked.request)
  if (!body.ok) return body
  const claim: Claim = {
    ...{ key, actor: actorOf(asked.actor), requestHash: hashOf(asked, body.value) },
    createdAt: new Date(),
  }
  const earlier = await takeClaim(asked, claim)
  if (earlier) return answerAgain(asked, claim, earlier)
  return performClaimed(asked, claim, (onAudit) => perform(asked, { body: body.value, onAudit }))
}

/** `createdAt` tells it from the claim of a later request, which takes over if this one lasts too long. */
type Claim = { key: string; actor: string; requestHash: string; createdAt: Date }
type Earlier = { requestHash: string; objectId: string | null; objectIds: string[] }

function actorOf(actor: Actor): string {
  return `${actor.kind}:${actorIdOf(actor) ?? ''}`
}

function hashOf({ route, path, url }: Asked, body: JsonObject): string {
  const asked = [route.operation.definition.name, path, url.search, body]
  return createHash('sha256').update(JSON.stringify(asked)).digest('base64url')
}

/** The earlier request with this key; null if this request is the first. */
async function takeClaim({ actor, route }: Asked, claim: Claim): Promise<Earlier | null> {
  const db = workspaceDb(actor.workspaceId)
  const id = { actor: claim.actor, key: claim.key }
  for (;;) {
    const { count } = await db.idempotencyKey.createMany({
      data: [{ ...claim, workspaceId: actor.workspaceId, operation: route.operation.definition.name }],
      skipDuplicates: true,
    })
    if (count === 1) return null
    const now = Date.now()
    const ended = { objectId: { not: null }, createdAt: { lte: new Date(now - repeatableMs) } }
    const abandoned = { objectId: null, createdAt: { lte: new Date(now - abandonedMs) } }
    const freed = await db.idempotencyKey.deleteMany({ where: { ...id, OR: [ended, abandoned] } })
    const earlier = freed.count > 0 ? null : await db.idempotencyKey.findFirst({ where: id })
    if (earlier) return earlier
  }
}

async function answerAgain(asked: Asked, claim: Claim, earlier: Earlier): Promise<Answered> {
  if (earlier.requestHash !== claim.requestHash) return otherContent
  if (earlier.objectId === null) return underWay()
  const answered = await (asked.route.again
    ? answerSeveral(asked, await asked.route.again(asked.actor, earlier.objectIds, asked.path))
    : answerObject(asked, earlier.objectId))
  if (answered.ok) answered.value.headers.set('patchbay-repeated', 'true')
  return answered
}

async function answerObject({ route, actor, path: asked }: Asked, objectId: string): Promise<Answered> {
  const path = pathOfCreated({ ...route, createdId: () => objectId }, asked, {})
  const view = await readView(actor, route.resource!, path)
  return view.ok ? { ok: true, value: viewResponse(route, path, view.value) } : view
}

function answerSeveral(asked: Asked, again: Result<JsonObject>): Answered {
  return again.ok ? { ok: true, value: valueResponse(asked, again.value) } : again
}

/** A refused request may be sent again with the same key. */
async function performClaimed(
  { actor, route }: Asked,
  { key, actor: claimedBy, createdAt }: Claim,
  perform: (onAudit: OnAudit) => Promise<Answered>,
): Promise<Answered> {
  const where = { actor: claimedBy, key, createdAt }
  const free = (only: { objectId?: null }) =>
    workspaceDb(actor.workspaceId).idempotencyKey.deleteMany({ where: { ...where, ...only } })
  try {
    const answered = await perform(async (tx, action, createdIds) => {
      const own = route.auditedAs ?? route.operation.definition.name
      const [objectId] = createdIds
      if (action !== own || objectId === undefined) return
      const data = { objectId, objectIds: [...createdIds] }
      const { count } = await tx.idempotencyKey.updateMany({ where, data })
      // Undoes the creation: a later request with the same key creates the object.
      if (count === 0) throw new Error('the claim of an Idempotency-Key was taken over by a later request')
    })
    // A refused request leaves nothing behind, even if a step of it was stored and taken back.
    if (!answered.ok) await free({})
    return answered
  } catch (error) {
    await free({ objectId: null })
    throw error
  }
}
