import { jobInWords } from '@/components/settings/job-words'
import { Section } from '@/components/ui/section'
import { Table } from '@/components/ui/table'
import { spanInWords } from '@/lib/domain/dates/span-in-words'
import type { WorkersView } from '@/lib/settings/worker-views'

/** How many jobs of each kind wait, run and have failed. */
export function JobQueues({ queues }: Pick<WorkersView, 'queues'>) {
  return (
    <Section title="Queue" description="Jobs that failed after all attempts are counted for 24 hours.">
      {queues.length === 0 ? (
        <p className="text-muted">The queue is created when the app or a worker has started.</p>
      ) : (
        <Table label="Queue" stacked>
          <thead>
            <tr>
              <th scope="col">Job</th>
              <th scope="col">Waiting</th>
              <th scope="col">Running</th>
              <th scope="col">Failed</th>
              <th scope="col">Oldest waiting for</th>
            </tr>
          </thead>
          <tbody>
            {queues.map(({ job, waiting, running, failed, oldestSeconds }) => (
              <tr key={job}>
                <td className="font-medium">{jobInWords(job)}</td>
                <Count label="Waiting" count={waiting} />
                <Count label="Running" count={running} />
                <Count label="Failed" count={failed} isBad />
                <td className="whitespace-nowrap text-muted" data-label="Oldest waiting for">
                  {oldestSeconds === null ? '–' : spanInWords(oldestSeconds * 1_000)}
                </td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </Section>
  )
}

function Count({ label, count, isBad = false }: { label: string; count: number; isBad?: boolean }) {
  const tone = count === 0 ? 'text-muted' : isBad ? 'text-bad' : ''
  return (
    <td className={`tabular ${tone}`} data-label={label}>
      {count.toLocaleString('en-GB')}
    </td>
  )
}
