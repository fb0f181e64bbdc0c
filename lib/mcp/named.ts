import 'server-only'
import { z } from 'zod'
import { idsOfCall, type CallTarget } from '@/lib/api/call/ids-of-call'
import { idsOfPath } from '@/lib/api/path-ids'
import type { Actor } from '@/lib/domain/access/actor'
import { succeed, type Result } from '@/lib/domain/result'

/** Objects that a tool's input names by ID or key, found within the limits of the actor's key (DATA §14). */

const name = (of: string) => z.string().min(1).max(200).describe(`ID or key of the ${of}.`)

export const instanceInput = name('instance')
export const connectorInput = name('connector')
export const endpointInput = name('endpoint')
export const methodInput = name('authentication method')

export async function connectorNamed(actor: Actor, connector: string): Promise<Result<string>> {
  const ids = await idsOfPath(actor, { connectorId: connector })
  return ids.ok ? succeed(ids.value.connectorId!) : ids
}

export async function instanceNamed(actor: Actor, instance: string): Promise<Result<string>> {
  const ids = await idsOfPath(actor, { instanceId: instance })
  return ids.ok ? succeed(ids.value.instanceId!) : ids
}

/** An endpoint of the connector of an instance, whether or not the instance may call it. */
export async function endpointNamed(
  actor: Actor,
  { instance, endpoint }: { instance: string; endpoint: string },
): Promise<Result<CallTarget>> {
  return idsOfCall(actor, instance, endpoint)
}
