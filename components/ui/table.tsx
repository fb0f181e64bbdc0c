'use client'

import type { KeyboardEvent, MouseEvent, ReactNode } from 'react'
import { cn } from '@/components/ui/cn'

type TableProps = {
  /** Accessible name. */
  label: string
  /** Plain <thead>, <tbody>, <tr>, <th scope="col">, <td>. A row opens through the RowLink in it. */
  children: ReactNode
  /** On a phone each row becomes a block of lines. The `data-label` of a cell is shown before its content. */
  stacked?: boolean
  className?: string
}

const stackedStyle =
  'max-md:[&_tbody]:block max-md:[&_td]:block max-md:[&_td]:h-auto max-md:[&_td]:max-w-none max-md:[&_td]:py-0.5 max-md:[&_td]:text-left max-md:[&_td]:whitespace-normal max-md:[&_thead]:sr-only max-md:[&_tr]:block max-md:[&_tr]:py-2 max-md:[&_td[data-label]]:before:mr-1.5 max-md:[&_td[data-label]]:before:text-muted max-md:[&_td[data-label]]:before:content-[attr(data-label)]'

const interactive = 'a, button, input, select, textarea, label, summary, [role="button"], [role="menuitem"]'

function openRow(event: MouseEvent<HTMLElement>) {
  const target = event.target as HTMLElement
  if (target.closest(interactive) || window.getSelection()?.toString()) return
  const link = target.closest('tr')?.querySelector<HTMLAnchorElement>('a[data-row-link]')
  if (!link) return
  if (event.metaKey || event.ctrlKey) window.open(link.href, '_blank', 'noopener')
  else link.click()
}

function moveThroughRows(event: KeyboardEvent<HTMLElement>) {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
  const links = [...event.currentTarget.querySelectorAll<HTMLAnchorElement>('a[data-row-link]')]
  const index = links.indexOf(document.activeElement as HTMLAnchorElement)
  if (index === -1) return
  event.preventDefault()
  links[index + (event.key === 'ArrowDown' ? 1 : -1)]?.focus()
}

/** A table with a sticky header, rows that open on click, and arrow keys to move between rows. */
export function Table({ label, children, stacked = false, className }: TableProps) {
  return (
    <div className="relative max-md:overflow-x-auto" onClick={openRow} onKeyDown={moveThroughRows}>
      <table
        aria-label={label}
        className={cn(
          'w-full border-collapse text-left text-sm',
          '[&_th]:h-8 [&_th]:px-3 [&_th]:font-medium [&_th]:whitespace-nowrap [&_th]:text-muted [&_thead]:sticky [&_thead]:top-0 [&_thead]:z-10 [&_thead]:bg-subtle',
          '[&_td]:h-10 [&_td]:px-3 [&_td]:py-1.5 [&_tbody_tr]:border-t [&_tbody_tr:has([data-row-link])]:cursor-pointer [&_tbody_tr:hover]:bg-hover/60 [&_tbody_tr:focus-within]:bg-hover/60',
          stacked && stackedStyle,
          className,
        )}
      >
        {children}
      </table>
    </div>
  )
}
