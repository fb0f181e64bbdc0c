import { cn } from '@/components/ui/cn'
import type { HttpMethod } from '@/lib/domain/vocabulary'

/** The HTTP method in front of a URL. Methods that write look different from methods that read. */
export function HttpMethodMark({ method, className }: { method: HttpMethod; className?: string }) {
  const reads = method === 'GET' || method === 'HEAD' || method === 'OPTIONS'
  return (
    <span
      className={cn('shrink-0 font-mono text-xs font-medium', reads ? 'text-muted' : 'text-accent-text', className)}
    >
      {method}
    </span>
  )
}
