import { cn } from '@/components/ui/cn'

/** "⌘K" on Apple devices, otherwise "Ctrl K". Only visual: screen readers use aria-keyshortcuts. */
export function Shortcut({ letter, className }: { letter: string; className?: string }) {
  return (
    <kbd aria-hidden className={cn('rounded-sm bg-subtle px-1 text-xs whitespace-nowrap text-faint', className)}>
      <span className="hidden apple:inline">⌘</span>
      <span className="apple:hidden">Ctrl </span>
      {letter}
    </kbd>
  )
}
