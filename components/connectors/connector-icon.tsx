import { cn } from '@/components/ui/cn'
import type { ConnectorIcon as Icon } from '@/lib/connectors/views'

type ConnectorIconProps = { name: string; icon: Icon; size?: 'sm' | 'md' | 'lg' }

const sizes = { sm: 'size-6 text-xs', md: 'size-9 text-base', lg: 'size-12 text-lg' }

/** The connector's icon, or its first letter on its colour. It is decorative, because the name is next to it. */
export function ConnectorIcon({ name, icon, size = 'md' }: ConnectorIconProps) {
  const box = cn('grid shrink-0 place-items-center overflow-hidden rounded-md', sizes[size])
  if (icon.url) {
    return (
      <span aria-hidden className={cn(box, 'border bg-white p-0.5')}>
        {/* eslint-disable-next-line @next/next/no-img-element -- small, per person, and not to be re-encoded */}
        <img src={icon.url} alt="" className="size-full object-contain" />
      </span>
    )
  }
  return (
    <span
      aria-hidden
      className={cn(box, 'bg-subtle font-semibold', icon.colour ? 'text-white' : 'text-muted')}
      style={icon.colour ? { backgroundColor: icon.colour } : undefined}
    >
      {[...name.trim()][0]?.toUpperCase()}
    </span>
  )
}
