import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { Entrance } from '@/components/frame/entrance'
import { SetUpForm } from '@/components/setup/set-up-form'
import { isSetUp } from '@/lib/platform/session/is-set-up'

export const metadata: Metadata = { title: 'Set up' }
export const dynamic = 'force-dynamic'

export default async function SetUpPage() {
  if (await isSetUp()) redirect('/login')
  return (
    <Entrance
      title="Set up Patchbay"
      description="Create the workspace and its first administrator. You can add other people later."
    >
      <SetUpForm />
    </Entrance>
  )
}
