import { cn } from '@/components/ui/cn'

export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={cn('block h-4 animate-pulse rounded-md bg-hover', className)} />
}
