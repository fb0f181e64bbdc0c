import Link from 'next/link'
import { ActorName } from '@/components/activity/actor-name'
import { ChangeDetails } from '@/components/activity/change-details'
import { RelativeTime } from '@/components/ui/relative-time'
import { Table } from '@/components/ui/table'
import { objectTypes, type ObjectType } from '@/lib/activity/schema'
import type { AuditLine } from '@/lib/activity/views'

/** The audit trail, newest first. */
export function ChangeList({ changes }: { changes: AuditLine[] }) {
  return (
    <Table label="Changes" stacked>
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">Who</th>
          <th scope="col">What</th>
          <th scope="col">Object</th>
          <th scope="col">Details</th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => (
          <tr key={change.id}>
            <td className="whitespace-nowrap text-muted">
              <RelativeTime at={change.at} />
            </td>
            <td className="min-w-32">
              <ActorName name={change.person} keyId={change.keyId} />
              {change.address && <p className="text-xs break-all text-muted">from {change.address}</p>}
            </td>
            <td className="whitespace-nowrap">{change.what}</td>
            <td className="min-w-40 break-words">
              {change.href ? (
                <Link href={change.href} className="font-medium underline-offset-2 hover:underline">
                  {change.objectName}
                </Link>
              ) : (
                change.objectName
              )}
              <p className="text-muted">{objectTypes[change.objectType as ObjectType] ?? change.objectType}</p>
            </td>
            <td className="max-w-lg min-w-56 break-words text-muted">
              <ChangeDetails changes={change.changes} />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
