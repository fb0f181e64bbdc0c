import { cn } from '@/components/ui/cn'

/** Where one is in adding an instance. */
export function WizardStepList({ labels, current }: { labels: readonly string[]; current: number }) {
  return (
    <ol aria-label="Steps" className="flex flex-wrap gap-x-6 gap-y-1 border-b pb-3 text-sm">
      {labels.map((label, index) => (
        <li
          key={label}
          aria-current={index === current ? 'step' : undefined}
          className={cn('flex items-center gap-1.5', index === current ? 'font-medium' : 'text-muted')}
        >
          <span
            aria-hidden
            className={cn(
              'tabular grid size-5 place-items-center rounded-full text-xs',
              index === current ? 'bg-accent text-accent-foreground' : 'bg-subtle',
            )}
          >
            {index + 1}
          </span>
          {label}
        </li>
      ))}
    </ol>
  )
}
