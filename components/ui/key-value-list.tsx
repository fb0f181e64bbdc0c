import type { ReactNode } from 'react'

/** Names and values, side by side. An item whose value is null is left out. */
export function KeyValueList({ items }: { items: { label: string; value: ReactNode }[] }) {
  return (
    <dl className="grid grid-cols-[minmax(5rem,8rem)_1fr] gap-x-4 gap-y-2 text-sm sm:grid-cols-[minmax(var(--label-width,6rem),auto)_1fr]">
      {items
        .filter((item) => item.value !== null)
        .map((item) => (
          <div key={item.label} className="contents">
            <dt className="text-muted">{item.label}</dt>
            <dd className="min-w-0 wrap-anywhere">{item.value}</dd>
          </div>
        ))}
    </dl>
  )
}
