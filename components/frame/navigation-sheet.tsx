'use client'

import { Menu } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { Navigation } from '@/components/frame/navigation'
import { Button } from '@/components/ui/button'
import { Sheet } from '@/components/ui/sheet'

/** The navigation on a phone. */
export function NavigationSheet({ children }: { children: ReactNode }) {
  const [open, setOpen] = useState(false)
  return (
    <Sheet
      title="Patchbay"
      side="left"
      className="w-72"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button variant="ghost" aria-label="Open navigation" className="w-8 px-0">
          <Menu aria-hidden />
        </Button>
      }
    >
      <div className="flex min-h-full flex-col justify-between gap-6">
        <Navigation onGo={() => setOpen(false)} />
        {children}
      </div>
    </Sheet>
  )
}
