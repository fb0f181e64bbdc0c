import Link from 'next/link'
import { CheckNowButton } from '@/components/instances/check-now-button'
import { ReplaceInFlows } from '@/components/instances/replace-in-flows'
import { hasHealthNotice } from '@/components/instances/health-notice'
import { verificationOutcomes } from '@/components/instances/verification-outcomes'
import { Card } from '@/components/ui/card'
import { KeyValueList } from '@/components/ui/key-value-list'
import { RelativeTime } from '@/components/ui/relative-time'
import { StatusBadge } from '@/components/ui/status-badge'
import { counted } from '@/lib/domain/counted'
import { verificationSteps } from '@/lib/domain/responses/verification-steps'
import { isFailing } from '@/lib/domain/failing'
import { shownStatuses } from '@/lib/domain/vocabulary'
import type { CertificateView, InstanceDetail, InstanceHealth, StoredValueView, TokenView } from '@/lib/instances/views'

type StatusPanelProps = { instance: InstanceDetail; canRun: boolean; canChange: boolean }

/** The status of the instance, and what uses it. */
export function StatusPanel({ instance, canRun, canChange }: StatusPanelProps) {
  const { health, token, kept, certificate } = instance
  return (
    <Card title="Status" className="h-fit">
      <div className="grid gap-4">
        <KeyValueList
          items={[
            // For a failing or disabled instance, the notice above gives the reason.
            {
              label: 'Reason',
              value: health.statusReason === '' || isExplained(health) ? null : health.statusReason,
            },
            { label: `${shownStatuses[health.status]} since`, value: <Moment at={health.statusSince} /> },
            {
              label: 'Unreachable since',
              value: health.unreachableSince === null ? null : <Moment at={health.unreachableSince} />,
            },
            {
              label: 'Last successful call',
              value: health.lastSuccessAt === null ? null : <Moment at={health.lastSuccessAt} />,
            },
            { label: 'Last verified', value: <LastVerified health={health} /> },
            { label: 'Token', value: token && <TokenFacts token={token} /> },
            {
              label: 'Certificate',
              value: certificate?.validTo ? (
                <CertificateFact certificate={certificate} validTo={certificate.validTo} />
              ) : null,
            },
            { label: 'Stored values', value: kept.length > 0 ? <KeptValues kept={kept} /> : null },
            { label: 'Used by', value: <UsedBy instance={instance} canChange={canChange} /> },
            {
              label: 'Changed',
              value: (
                <>
                  <Moment at={instance.updatedAt} />
                  {instance.updatedBy && ` by ${instance.updatedBy}`}
                </>
              ),
            },
            { label: 'History', value: <History instance={instance} /> },
          ]}
        />
        {canRun && !['awaiting_authorisation', 'disabled'].includes(health.status) && !hasHealthNotice(instance) && (
          <CheckNowButton instanceId={instance.id} />
        )}
      </div>
    </Card>
  )
}

/** Whether a notice above gives the reason. */
function isExplained({ status }: InstanceHealth): boolean {
  return status === 'disabled' || isFailing(status)
}

function History({ instance: { id } }: { instance: InstanceDetail }) {
  const link = 'rounded-sm text-accent-text hover:underline'
  return (
    <span className="flex flex-wrap gap-x-3">
      <Link className={link} href={`/activity?instance=${id}`}>
        Requests
      </Link>
      <Link className={link} href={`/activity/changes?object=instance&of=${id}`}>
        Changes
      </Link>
    </span>
  )
}

function LastVerified({
  health: { lastVerifiedAt, lastVerifiedBy, lastVerification, statusReason },
}: {
  health: InstanceHealth
}) {
  if (!lastVerifiedAt) return 'Never'
  return (
    <>
      <Moment at={lastVerifiedAt} />
      {lastVerifiedBy && ` by ${lastVerifiedBy}`}
      {lastVerification && lastVerification.outcome !== 'accepted' && (
        <span className="block text-muted">
          {verificationOutcomes[lastVerification.outcome].words} · {verificationSteps[lastVerification.step]}
          {lastVerification.message !== statusReason && `: ${lastVerification.message}`}
        </span>
      )}
    </>
  )
}

const atTheEnd: Record<TokenView['renewal'], string> = {
  refreshed: 'Not refreshed yet',
  obtained_again: 'Obtained again when it expires',
  never: 'Cannot be refreshed: the third party sent no refresh token',
  not_needed: 'Used until the third party rejects it',
}

function TokenFacts({ token: { expiresAt, refreshCount, renewal, named } }: { token: TokenView }) {
  return (
    <>
      {expiresAt ? <Expiry at={expiresAt} /> : 'Does not say when it expires'}
      <span className="block text-muted">
        {refreshCount === 0 || renewal === 'never' ? atTheEnd[renewal] : renewed(renewal, refreshCount)}
      </span>
      {named.map(({ key, expiresAt: end }) => (
        <span key={key} className="block">
          <code className="break-all">{key}</code>: <Expiry at={end} />
        </span>
      ))}
    </>
  )
}

function renewed(renewal: TokenView['renewal'], count: number): string {
  const verb = renewal === 'obtained_again' ? 'Obtained again' : 'Refreshed'
  return `${verb} ${counted(count, 'time')}`
}

/** When the certificate expires, with a text and an icon if that is soon. */
function CertificateFact({
  certificate: { warning, expired },
  validTo,
}: {
  certificate: CertificateView
  validTo: string
}) {
  if (!warning) return <Expiry at={validTo} />
  return (
    <>
      <StatusBadge tone={expired ? 'bad' : 'warn'} quiet>
        <Expiry at={validTo} />
      </StatusBadge>
      <span className="block text-muted">Upload a new one under Certificates.</span>
    </>
  )
}

/** The values stored from the third party's responses, and when. */
function KeptValues({ kept }: { kept: StoredValueView[] }) {
  return (
    <ul className="grid gap-1">
      {kept.map(({ key, label, value, keptAt }) => (
        <li key={key}>
          {label}: <code className="break-all">{value}</code>
          <span className="block text-muted">
            stored <Moment at={keptAt} />
          </span>
        </li>
      ))}
    </ul>
  )
}

/** The age of a new time is computed with the current time, not the time when the page was opened. */
function Moment({ at }: { at: string }) {
  return <RelativeTime key={at} at={at} />
}

function Expiry({ at }: { at: string }) {
  return (
    <>
      {new Date(at) > new Date() ? 'Expires' : 'Expired'} <RelativeTime at={at} />
    </>
  )
}

function UsedBy({ instance, canChange }: { instance: InstanceDetail; canChange: boolean }) {
  const { flows, flowCount } = instance.usedBy
  if (flowCount === 0) return 'No flow'
  return (
    <>
      {flows.map(({ id, name }, index) => (
        <span key={id}>
          {index > 0 && ', '}
          <Link href={`/flows/${id}`} className="rounded-sm break-words text-accent-text hover:underline">
            {name}
          </Link>
        </span>
      ))}
      {flowCount > flows.length && ` and ${flowCount - flows.length} more`}
      {canChange && (
        <span className="mt-1 block">
          <ReplaceInFlows instance={instance} />
        </span>
      )}
    </>
  )
}
