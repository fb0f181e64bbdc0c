import { countFailingInstances } from '@/lib/connectors/count-failing-instances'
import { currentActor } from '@/lib/platform/session/actor'

/** The number next to *Connectors & instances*, for the frame, which stays while pages change. */
export async function GET(): Promise<Response> {
  const actor = await currentActor()
  if (!actor) return new Response(null, { status: 401 })
  const failing = await countFailingInstances(actor, {})
  if (!failing.ok) return new Response(null, { status: 404 })
  return Response.json(failing.value, { headers: { 'Cache-Control': 'no-store' } })
}
