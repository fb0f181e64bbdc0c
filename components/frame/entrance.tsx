import type { ReactNode } from 'react'
import { Logo } from '@/components/frame/logo'

/**
 * The layout of pages for people who are not signed in: one form, a little above the middle. Its top does not depend on its
 * height, so that nothing moves while the page arrives, or when a message appears.
 */
export function Entrance({
  title,
  description,
  children,
}: {
  title: string
  description: ReactNode
  children: ReactNode
}) {
  return (
    <main className="mx-auto grid min-h-dvh w-full max-w-96 content-start gap-6 px-4 pt-[max(2.5rem,18dvh)] pb-10">
      <div className="grid gap-4">
        <Logo />
        <div className="grid gap-1">
          <h1 className="text-xl font-semibold tracking-tight">{title}</h1>
          <p className="text-muted">{description}</p>
        </div>
      </div>
      {children}
    </main>
  )
}
