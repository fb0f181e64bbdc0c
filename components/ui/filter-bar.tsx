import type { ReactNode } from 'react'

/** Search and filters above a list. In one row; on a phone the search first, then two filters per row. */
export function FilterBar({ children }: { children: ReactNode }) {
  return (
    <div className="grid grid-cols-2 items-center gap-2 *:first:col-span-2 max-sm:*:max-w-none sm:flex sm:flex-wrap">
      {children}
    </div>
  )
}
