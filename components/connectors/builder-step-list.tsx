import { sectionLabels } from '@/components/connectors/sections'
import { cn } from '@/components/ui/cn'

/** The steps of building a connector, shown before there is a connector to link to. */
export function BuilderStepList() {
  return (
    <ol aria-label="Steps" className="flex flex-wrap gap-x-6 gap-y-1 border-b pb-3 text-sm">
      {sectionLabels.map((label, index) => (
        <li
          key={label}
          aria-current={index === 0 ? 'step' : undefined}
          className={cn('flex items-center gap-1.5', index === 0 ? 'font-medium' : 'text-muted')}
        >
          <span
            aria-hidden
            className={cn(
              'tabular grid size-5 place-items-center rounded-full text-xs',
              index === 0 ? 'bg-accent text-accent-foreground' : 'bg-subtle',
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
