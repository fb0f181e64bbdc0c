import type { ReactNode } from 'react'
import { UpdatedDialog } from '@/components/forms/updated-dialog'
import { SaveShortcut } from '@/components/forms/save-shortcut'
import { UnsavedChangesProvider } from '@/components/forms/unsaved-changes'
import { ArrivalFocus } from '@/components/frame/arrival-focus'
import { DashboardFrame } from '@/components/frame/dashboard-frame'
import { LoadingBar } from '@/components/frame/loading-bar'
import { PersonMenu } from '@/components/frame/person-menu'
import { PaletteButton } from '@/components/search/palette-button'
import { PaletteProvider } from '@/components/search/palette-provider'
import { SignedInProvider } from '@/components/session/signed-in-provider'
import { TimeZoneProvider } from '@/components/ui/time-zone'
import { countFailingInstances } from '@/lib/connectors/count-failing-instances'
import { may } from '@/lib/domain/access/actor'
import { roleLabels } from '@/lib/domain/access/roles'
import { listOwnWorkspaces } from '@/lib/people/list-own-workspaces'
import { requirePerson } from '@/lib/platform/session/actor'
import { personKey } from '@/lib/platform/session/signed-out'

export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const { actor, email, workspaceName, timeZone, hasOtherWorkspaces } = await requirePerson()
  const [failing, workspaces] = await Promise.all([
    countFailingInstances(actor, {}),
    hasOtherWorkspaces ? listOwnWorkspaces(actor, {}) : null,
  ])
  const person = (
    <PersonMenu
      name={actor.label}
      email={email}
      role={roleLabels[actor.role]}
      workspaceName={workspaceName}
      otherWorkspaces={workspaces?.ok ? workspaces.value.filter(({ id }) => id !== actor.workspaceId) : []}
    />
  )
  return (
    <SignedInProvider person={{ key: personKey(actor), name: actor.label, email }}>
      <TimeZoneProvider timeZone={timeZone}>
        <UnsavedChangesProvider>
          <PaletteProvider rights={{ canChange: may(actor, 'change'), canRun: may(actor, 'run') }}>
            <DashboardFrame palette={<PaletteButton />} person={person} failing={failing.ok ? failing.value : 0}>
              {children}
            </DashboardFrame>
            <UpdatedDialog />
            <LoadingBar />
            <SaveShortcut />
            <ArrivalFocus />
          </PaletteProvider>
        </UnsavedChangesProvider>
      </TimeZoneProvider>
    </SignedInProvider>
  )
}
