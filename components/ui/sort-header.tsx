'use client'

import { ArrowDown, ArrowUp } from 'lucide-react'
import Link from 'next/link'
import { cn } from '@/components/ui/cn'
import { useListParams } from '@/components/ui/use-list-params'

type SortHeaderProps = {
  /** The value of ?sort=; `-field` is the other direction. */
  field: string
  label: string
  /** Used when the address has no ?sort=. */
  defaultSort: string
  className?: string
}

/** The header of a column that sorts the list by that column. */
export function SortHeader({ field, label, defaultSort, className }: SortHeaderProps) {
  const { get, hrefWith } = useListParams()
  const current = get('sort') || defaultSort
  const ascending = current === field
  const descending = current === `-${field}`
  const next = ascending ? `-${field}` : field
  const Arrow = descending ? ArrowDown : ArrowUp
  return (
    <th scope="col" aria-sort={ascending ? 'ascending' : descending ? 'descending' : 'none'} className={className}>
      <Link
        href={hrefWith({ sort: next })}
        replace
        scroll={false}
        className="group inline-flex items-center gap-1 rounded-sm hover:text-foreground"
      >
        {label}
        <Arrow
          aria-hidden
          className={cn('size-3.5', !ascending && !descending && 'opacity-0 group-hover:opacity-50')}
        />
      </Link>
    </th>
  )
}
