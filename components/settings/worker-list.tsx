import { Cog } from 'lucide-react'
import { jobInWords } from '@/components/settings/job-words'
import { Alert } from '@/components/ui/alert'
import { EmptyState } from '@/components/ui/empty-state'
import { RelativeTime } from '@/components/ui/relative-time'
import { Section } from '@/components/ui/section'
import { StatusBadge } from '@/components/ui/status-badge'
import { Table } from '@/components/ui/table'
import { counted } from '@/lib/domain/counted'
import type { WorkersView } from '@/lib/settings/worker-views'

type Worker = WorkersView['workers'][number]
type WorkerListProps = Pick<WorkersView, 'workers' | 'version'>

/** The processes that do background jobs, and what each is doing. */
export function WorkerList({ workers, version }: WorkerListProps) {
  const none = workers.every(({ state }) => state === 'silent')
  const others = workers.filter((worker) => worker.version !== version)
  return (
    <Section
      title="Workers"
      description="Workers do background jobs, such as imports and the clean-up, for all workspaces of this installation."
    >
      {none && workers.length > 0 && (
        <Alert tone="warn" title={nothingRuns}>
          <HowToStart />
        </Alert>
      )}
      {others.length > 0 && (
        <Alert tone="warn" title={`${counted(others.length, 'worker')} of another version`}>
          The app is version {version}. Restart these workers with the same version.
        </Alert>
      )}
      {workers.length === 0 ? (
        <EmptyState icon={Cog} title={nothingRuns}>
          <HowToStart />
        </EmptyState>
      ) : (
        <Table label="Workers" stacked>
          <thead>
            <tr>
              <th scope="col">Worker</th>
              <th scope="col">Status</th>
              <th scope="col">Version</th>
              <th scope="col">Started</th>
              <th scope="col">Doing now</th>
              <th scope="col">Jobs since start</th>
            </tr>
          </thead>
          <tbody>
            {workers.map((worker) => (
              <WorkerRow key={worker.id} worker={worker} isOther={worker.version !== version} />
            ))}
          </tbody>
        </Table>
      )}
    </Section>
  )
}

function WorkerRow({ worker, isOther }: { worker: Worker; isOther: boolean }) {
  const { hostName, processId, running, done, failed } = worker
  return (
    <tr>
      <td className="min-w-0 break-all">
        <span className="font-medium">{hostName}</span> <span className="text-muted">process {processId}</span>
      </td>
      <td className="whitespace-nowrap">
        <WorkerStatus worker={worker} />
      </td>
      <td className={isOther ? 'text-warn' : 'text-muted'} data-label="Version">
        {worker.version}
      </td>
      <td className="whitespace-nowrap text-muted" data-label="Started">
        <RelativeTime at={worker.startedAt} />
      </td>
      <td data-label="Doing now">
        {running.length === 0 ? (
          <span className="text-muted">{worker.state === 'silent' ? 'Unknown' : 'Nothing'}</span>
        ) : (
          running.map(({ job, count }) => jobInWords(job) + (count > 1 ? ` (${count})` : '')).join(', ')
        )}
      </td>
      <td className="tabular whitespace-nowrap text-muted" data-label="Jobs since start">
        {done.toLocaleString('en-GB')} done{failed > 0 && `, ${failed.toLocaleString('en-GB')} failed`}
      </td>
    </tr>
  )
}

function WorkerStatus({ worker: { state, seenAt } }: { worker: Worker }) {
  if (state === 'running') return <StatusBadge tone="ok">Running</StatusBadge>
  if (state === 'stopping') return <StatusBadge tone="neutral">Stopping</StatusBadge>
  return (
    <>
      <StatusBadge tone="bad">Not responding</StatusBadge>{' '}
      <span className="text-xs text-muted">
        last seen <RelativeTime at={seenAt} />
      </span>
    </>
  )
}

const nothingRuns = 'Nothing runs in the background'

function HowToStart() {
  return (
    <>
      Imports and the clean-up wait for a worker. Start one with <code>npm run worker</code>, or set{' '}
      <code>PATCHBAY_WORKERS=1</code> and restart Patchbay.
    </>
  )
}
