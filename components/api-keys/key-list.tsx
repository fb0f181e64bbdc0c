import { KeyStateBadge } from '@/components/api-keys/key-state-badge'
import { limitsInWords, roleNote } from '@/components/api-keys/key-words'
import { RelativeTime } from '@/components/ui/relative-time'
import { RowLink } from '@/components/ui/row-link'
import { SortHeader } from '@/components/ui/sort-header'
import { Table } from '@/components/ui/table'
import type { ApiKeySummary } from '@/lib/api-keys/views'
import { roleLabels } from '@/lib/domain/access/roles'

export function KeyList({ keys }: { keys: ApiKeySummary[] }) {
  return (
    <Table label="API keys" stacked>
      <thead>
        <tr>
          <SortHeader field="name" label="Name" defaultSort="name" />
          <th scope="col">State</th>
          <th scope="col">Role</th>
          <th scope="col">Owner</th>
          <th scope="col">Last used</th>
          <th scope="col">Expires</th>
          <SortHeader field="created" label="Created" defaultSort="name" />
        </tr>
      </thead>
      <tbody>
        {keys.map((key) => (
          <KeyRow key={key.id} apiKey={key} />
        ))}
      </tbody>
    </Table>
  )
}

function KeyRow({ apiKey }: { apiKey: ApiKeySummary }) {
  const { id, name, prefix, state, role, owner, lastUsedAt, lastUsedAddress, expiresAt, createdAt } = apiKey
  const limits = limitsInWords(apiKey)
  const note = state === 'revoked' ? null : roleNote(apiKey)
  return (
    <tr>
      <td className="min-w-40 break-words">
        <RowLink href={`/settings/api-keys/${id}`}>{name}</RowLink>
        <p className="text-muted">
          <code>{prefix}…</code>
        </p>
        {limits && <p className="text-muted">{limits}</p>}
      </td>
      <td className="whitespace-nowrap">
        <KeyStateBadge state={state} quiet />
      </td>
      <td data-label="Role">
        {roleLabels[role]}
        {note && <p className="text-muted">{note}</p>}
      </td>
      <td className="break-words" data-label="Owner">
        {owner?.name ?? <span className="text-muted">Nobody</span>}
      </td>
      <td data-label="Last used">
        {lastUsedAt === null ? (
          <span className="text-muted">Never</span>
        ) : (
          <>
            <RelativeTime at={lastUsedAt} />
            {lastUsedAddress && <p className="text-xs break-all text-muted">from {lastUsedAddress}</p>}
          </>
        )}
      </td>
      <td className="whitespace-nowrap text-muted" data-label="Expires">
        {expiresAt === null ? 'Never' : <RelativeTime at={expiresAt} />}
      </td>
      <td className="whitespace-nowrap text-muted" data-label="Created">
        <RelativeTime at={createdAt} />
      </td>
    </tr>
  )
}
