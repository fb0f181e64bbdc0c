import { redirect } from 'next/navigation'
import { requireActor } from '@/lib/platform/session/actor'

export default async function StartPage() {
  await requireActor()
  redirect('/connectors')
}
