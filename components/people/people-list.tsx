'use client'

import { useState } from 'react'
import { PersonMenu, type PersonAction } from '@/components/people/person-actions'
import { Badge } from '@/components/ui/badge'
import { lazyPart } from '@/components/ui/lazy-part'
import { RelativeTime } from '@/components/ui/relative-time'
import { SortHeader } from '@/components/ui/sort-header'
import { Table } from '@/components/ui/table'
import { useOpenPart } from '@/components/ui/use-open-part'
import { roleLabels } from '@/lib/domain/access/roles'
import type { PersonView } from '@/lib/people/views'

const dialogsPart = lazyPart(() => import('@/components/people/person-dialogs'))

/** The people of the workspace, each with what an administrator can do. */
export function PeopleList({ people }: { people: PersonView[] }) {
  const [open, setOpen] = useState<{ action: PersonAction; person: PersonView } | null>(null)
  const dialogs = useOpenPart(dialogsPart, open !== null, () => setOpen(null))
  return (
    <>
      <Table label="People" stacked>
        <thead>
          <tr>
            <SortHeader field="name" label="Name" defaultSort="name" />
            <th scope="col">Role</th>
            <th scope="col">Last sign-in</th>
            <SortHeader field="added" label="Added" defaultSort="name" />
            <th scope="col">
              <span className="sr-only">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <tr key={person.id}>
              <td className="min-w-0 break-words">
                <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
                  <span className="font-medium">{person.name}</span>
                  {person.isSelf && <Badge tone="accent">You</Badge>}
                </span>
                <p className="break-all text-muted">{person.email}</p>
              </td>
              <td className="whitespace-nowrap" data-label="Role">
                {roleLabels[person.role]}
              </td>
              <td className="whitespace-nowrap text-muted" data-label="Last sign-in">
                {person.lastSignInAt === null ? 'Never' : <RelativeTime at={person.lastSignInAt} />}
              </td>
              <td className="whitespace-nowrap text-muted" data-label="Added">
                <RelativeTime at={person.addedAt} />
              </td>
              <td className="text-right">
                <PersonMenu person={person} onChoose={(action) => setOpen({ action, person })} />
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
      {dialogs && open && <dialogs.PersonDialog {...open} onClose={() => setOpen(null)} />}
    </>
  )
}
