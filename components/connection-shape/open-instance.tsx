import { ButtonLink } from '@/components/ui/button-link'
import type { InstanceStatus } from '@/lib/domain/vocabulary'

/** To where the credentials of the shape's instance are corrected. */
export function OpenInstance({ id, status }: { id: string; status: InstanceStatus }) {
  return (
    <ButtonLink size="sm" href={`/instances/${id}`}>
      {status === 'needs_authorising_again' ? 'Authorise again' : 'Open instance settings'}
    </ButtonLink>
  )
}
