import Link from 'next/link'
import { InstanceRow } from '@/components/connectors/instance-row'
import { Section } from '@/components/ui/section'
import type { ConnectorDetail, InstanceLine } from '@/lib/connectors/views'
import { counted } from '@/lib/domain/counted'

type ConnectorInstancesProps = { connector: ConnectorDetail; instances: InstanceLine[]; canRun: boolean }

/** The first instances of a connector, failing ones first, each with a link or button to fix it. */
export function ConnectorInstances({ connector, instances, canRun }: ConnectorInstancesProps) {
  const { id, name, instances: total, methods } = connector
  return (
    <Section title="Instances">
      {instances.length === 0 ? (
        <p className="text-muted">
          {methods === 0
            ? 'An instance stores the credentials for one authentication method. Add a method first.'
            : 'No instances yet. An instance stores the credentials for one authentication method.'}
        </p>
      ) : (
        <div className="overflow-hidden rounded-lg border bg-surface">
          <ul aria-label={`Instances of ${name}`} className="divide-y">
            {instances.map((instance) => (
              <InstanceRow key={instance.id} instance={instance} highlighted={false} canRun={canRun} flush />
            ))}
          </ul>
        </div>
      )}
      {total > instances.length && (
        <Link href={`/connectors?connector=${id}`} className="justify-self-start text-accent-text hover:underline">
          Show all {counted(total, 'instance')}
        </Link>
      )}
    </Section>
  )
}
