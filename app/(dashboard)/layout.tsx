import type { ReactNode } from 'react'
import { UpdatedDialog } from '@/components/forms/updated-dialog'
import { UnsavedChangesProvider } from '@/components/forms/unsaved-changes'
import { DashboardFrame } from '@/components/frame/dashboard-frame'
import { PersonMenu } from '@/components/frame/person-menu'
import { PaletteButton } from '@/components/search/palette-button'
import { PaletteProvider } from '@/components/search/palette-provider'
import { TooltipProvider } from '@/components/ui/tooltip-provider'
import { SignedInProvider } from '@/components/session/signed-in-provider'
import { countFailingInstances } from '@/lib/connectors/count-failing-instances'
import { roleLabels } from '@/lib/domain/access/roles'
import { requirePerson } from '@/lib/platform/session/actor'
import { personKey } from '@/lib/platform/session/signed-out'
import { chosenTheme } from '@/lib/platform/session/theme'

export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const { actor, email, workspaceName } = await requirePerson()
  const failing = await countFailingInstances(actor, {})
  const person = (
    <PersonMenu
      name={actor.label}
      email={email}
      role={roleLabels[actor.role]}
      workspaceName={workspaceName}
      theme={await chosenTheme()}
    />
  )
  return (
    <SignedInProvider person={{ key: personKey(actor), name: actor.label, email }}>
      <UnsavedChangesProvider>
        <TooltipProvider>
          <PaletteProvider>
            <DashboardFrame palette={<PaletteButton />} person={person} failing={failing.ok ? failing.value : 0}>
              {children}
            </DashboardFrame>
            <UpdatedDialog />
          </PaletteProvider>
        </TooltipProvider>
      </UnsavedChangesProvider>
    </SignedInProvider>
  )
}
