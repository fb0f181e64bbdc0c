'use server'

import { z } from 'zod'
import { refuse, type Result } from '@/lib/domain/result'
import { listFound } from './queries'
import type { Found } from './views'
import { requireActor } from '@/lib/platform/session/actor'

const textSchema = z.string().max(200)

export async function searchAction(text: string): Promise<Result<Found[]>> {
  const actor = await requireActor()
  const input = textSchema.safeParse(text)
  if (!input.success) return refuse('invalid_input', 'Search for at most 200 characters.')
  return listFound(actor, input.data)
}
