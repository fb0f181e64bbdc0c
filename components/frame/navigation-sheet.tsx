'use client'

import { Menu } from 'lucide-react'
import { usePathname } from 'next/navigation'
import { useState, type ReactNode } from 'react'
import { Navigation } from '@/components/frame/navigation'
import { Button } from '@/components/ui/button'
import { Sheet } from '@/components/ui/sheet'

/** The navigation on a phone. It is only open on the page where it was opened, so every link in it closes it. */
export function NavigationSheet({ failing, children }: { failing: number; children: ReactNode }) {
  const pathname = usePathname()
  const [openOn, setOpenOn] = useState<string | null>(null)
  return (
    <Sheet
      title="Patchbay"
      side="left"
      className="w-72!"
      open={openOn === pathname}
      onOpenChange={(open) => setOpenOn(open ? pathname : null)}
      trigger={
        <Button variant="ghost" aria-label="Open navigation" className="w-8 px-0!">
          <Menu aria-hidden />
        </Button>
      }
    >
      <div className="flex min-h-full flex-col justify-between gap-6">
        <Navigation failing={failing} onGo={() => setOpenOn(null)} />
        {children}
      </div>
    </Sheet>
  )
}
