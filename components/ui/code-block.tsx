import { CopyButton } from '@/components/ui/copy-button'
import { cn } from '@/components/ui/cn'

type CodeBlockProps = {
  code: string
  /** Accessible name of the region, and part of the name of its copy button. */ label: string
  wrap?: boolean
  className?: string
}

export function CodeBlock({ code, label, wrap = false, className }: CodeBlockProps) {
  return (
    <div className="group relative">
      <pre
        tabIndex={0}
        role="region"
        aria-label={label}
        className={cn(
          'max-h-96 overflow-auto rounded-lg border bg-subtle p-3 pr-11 text-sm',
          wrap && 'break-all whitespace-pre-wrap',
          className,
        )}
      >
        <code>{code}</code>
      </pre>
      <span className="absolute top-1.5 right-1.5">
        <CopyButton text={code} label={`Copy ${label.charAt(0).toLowerCase()}${label.slice(1)}`} />
      </span>
    </div>
  )
}
