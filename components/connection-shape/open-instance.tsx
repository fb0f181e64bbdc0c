import { ButtonLink } from '@/components/ui/button-link'
import type { ShownStatus } from '@/lib/domain/vocabulary'

const labels: Partial<Record<ShownStatus, string>> = {
  needs_authorising_again: 'Authorise again',
  disabled: 'Enable',
}

/** Leads to the credentials of the shape's instance. */
export function OpenInstance({ id, status }: { id: string; status: ShownStatus }) {
  return (
    <ButtonLink size="sm" href={`/instances/${id}`}>
      {labels[status] ?? 'Open instance settings'}
    </ButtonLink>
  )
}
