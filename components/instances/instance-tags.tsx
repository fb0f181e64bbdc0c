import { Badge } from '@/components/ui/badge'

/** The external ID and the labels of an instance, as chips. */
export function InstanceTags({ externalId, labels }: { externalId: string; labels: string[] }) {
  return (
    <>
      {externalId !== '' && (
        <>
          <span className="sr-only">External ID:</span>
          <Badge tone="outline">{externalId}</Badge>
        </>
      )}
      {labels.length > 0 && <span className="sr-only">Labels:</span>}
      {labels.map((label) => (
        <Badge key={label}>{label}</Badge>
      ))}
    </>
  )
}
