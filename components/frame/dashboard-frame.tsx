import type { ReactNode } from 'react'
import { Logo } from '@/components/frame/logo'
import { Navigation } from '@/components/frame/navigation'
import { NavigationSheet } from '@/components/frame/navigation-sheet'

type DashboardFrameProps = {
  /** The button of the palette, which is rendered in two positions. */
  palette: ReactNode
  person: ReactNode
  /** The number of instances that a person has to fix. */
  failing: number
  children: ReactNode
}

/** The navigation on the left; on a phone, a bar at the top with the navigation in a sheet. */
export function DashboardFrame({ palette, person, failing, children }: DashboardFrameProps) {
  return (
    <div className="md:grid md:grid-cols-[16rem_minmax(0,1fr)]">
      <a
        href="#main"
        className="sr-only z-50 rounded-md bg-accent px-3 py-2 text-accent-foreground focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to the content
      </a>
      <header className="sticky top-0 z-30 flex h-12 items-center gap-2 border-b bg-background px-2 md:hidden">
        <NavigationSheet failing={failing}>{person}</NavigationSheet>
        <span className="flex grow">
          <Logo />
        </span>
        {palette}
      </header>
      <aside className="sticky top-0 hidden h-dvh flex-col gap-4 overflow-y-auto border-r bg-subtle/60 p-3 md:flex">
        <span className="px-2 pt-1">
          <Logo />
        </span>
        {palette}
        <div className="grow">
          <Navigation failing={failing} />
        </div>
        {person}
      </aside>
      <main
        id="main"
        tabIndex={-1}
        className="mx-auto w-full max-w-[84rem] min-w-0 px-4 pt-4 pb-16 outline-none sm:px-6 md:pt-5"
      >
        {children}
      </main>
    </div>
  )
}
