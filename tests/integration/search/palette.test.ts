import { beforeAll, describe, expect, it } from 'vitest'
import { workspaceDb } from '@/lib/platform/db/client'
import type { PersonActor } from '@/lib/domain/access/actor'
import { foldName, slugify } from '@/lib/domain/names'
import { listFound } from '@/lib/search/list-found'
import { anActor } from '../../support/builders'
import { testDatabase } from '../../support/database'

let reader: PersonActor
let stranger: PersonActor

async function aFlow(actor: PersonActor, name: string) {
  await workspaceDb(actor.workspaceId).flow.create({
    data: {
      workspaceId: actor.workspaceId,
      key: `${slugify(name)}-${Math.random()}`,
      name,
      foldedName: foldName(name),
    },
  })
}

beforeAll(async () => {
  await testDatabase()
  reader = await anActor('read_only')
  stranger = await anActor('administrator')
  for (const name of [
    'Nightly orders',
    'Orders to stock',
    '100% sure',
    '100 sure',
    ...Array.from({ length: 12 }, (_, index) => `Stock ${index}`),
  ]) {
    await aFlow(reader, name)
  }
  await aFlow(stranger, 'Secret orders')
})

async function names(actor: PersonActor, text: string): Promise<string[]> {
  const found = await listFound(actor, { text })
  if (!found.ok) throw new Error(found.error.message)
  return found.value.map((hit) => hit.name)
}

describe('the palette', () => {
  it('finds by a part of the name ignoring case, with names that begin with it first', async () => {
    expect(await names(reader, 'ORDERS')).toEqual(['Orders to stock', 'Nightly orders'])
  })

  it('finds only names that contain all words', async () => {
    expect(await names(reader, 'stock orders')).toEqual(['Orders to stock'])
  })

  it('shows nothing of another workspace', async () => {
    expect(await names(stranger, 'orders')).toEqual(['Secret orders'])
  })

  it('takes wildcard characters literally', async () => {
    expect(await names(reader, '100%')).toEqual(['100% sure'])
    expect(await names(reader, '_')).toEqual([])
  })

  it('shows at most eight of a kind, and nothing for an empty text', async () => {
    expect(await names(reader, 'stock')).toHaveLength(8)
    expect(await names(reader, '  ')).toEqual([])
  })
})
