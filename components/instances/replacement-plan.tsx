import Link from 'next/link'
import { StatusBadge, type Tone } from '@/components/ui/status-badge'
import type { ReplacedShape, ReplacementEffect, ReplacementPreview } from '@/lib/flows/replacement-views'

const effects: Record<ReplacementEffect, { tone: Tone; words: string }> = {
  keeps_endpoint: { tone: 'ok', words: 'Keeps its endpoint' },
  no_endpoint: { tone: 'neutral', words: 'Stays incomplete' },
  loses_endpoint: { tone: 'bad', words: 'Loses its endpoint' },
  loses_secrets: { tone: 'warn', words: 'Needs a secret again' },
}

/** What happens to each shape, by flow. */
export function ReplacementPlan({ preview: { flows, more } }: { preview: ReplacementPreview }) {
  if (flows.length === 0) return <p>No flow uses this instance.</p>
  return (
    <div className="grid gap-3">
      {flows.map((flow) => (
        <section key={flow.id} aria-label={flow.name} className="grid gap-1">
          <h3 className="font-medium break-words">
            <Link href={`/flows/${flow.id}`} className="rounded-sm hover:underline">
              {flow.name}
            </Link>
          </h3>
          <ul className="grid gap-1.5">
            {flow.shapes.map((shape) => (
              <Shape key={shape.id} shape={shape} />
            ))}
          </ul>
        </section>
      ))}
      {more > 0 && (
        <p role="status" className="text-muted">
          {more === 1
            ? '1 more flow uses this instance. It is shown after you have changed these.'
            : `${more} more flows use this instance. They are shown after you have changed these.`}
        </p>
      )}
    </div>
  )
}

function Shape({ shape: { name, endpointName, effect, why } }: { shape: ReplacedShape }) {
  return (
    <li className="flex flex-wrap items-baseline gap-x-3">
      <span className="min-w-0 grow break-words">
        {name}
        {endpointName && <span className="text-muted"> · {endpointName}</span>}
      </span>
      <StatusBadge tone={effects[effect].tone} quiet>
        {effects[effect].words}
      </StatusBadge>
      {why !== '' && <span className="basis-full text-sm break-words text-muted">{why}</span>}
    </li>
  )
}
