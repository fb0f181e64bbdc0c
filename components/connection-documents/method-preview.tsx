import { DocumentDiff } from '@/components/connection-documents/document-diff'
import { Alert } from '@/components/ui/alert'
import { KeyValueList } from '@/components/ui/key-value-list'
import type { MethodPreview as Preview } from '@/lib/imports/document-views'
import { authenticationTypes, phaseKinds } from '@/lib/domain/vocabulary'

/** What a document would add, before it is added. */
export function MethodPreview({ preview }: { preview: Preview }) {
  const { type, variables, requests, unknownNames, existing, document } = preview
  return (
    <section aria-label="Contents of the document" className="grid gap-4">
      {unknownNames.length > 0 && (
        <Alert tone="warn" title="Unknown variables">
          Neither the document nor this connector has {unknownNames.join(', ')}. Add what is missing after the import;
          until then, requests fail before anything is sent.
        </Alert>
      )}
      {existing && (
        <div className="grid gap-2">
          <p>
            Changes compared with <strong>{existing.name}</strong>:
          </p>
          <DocumentDiff before={existing.document} after={document} label={`Changes compared with ${existing.name}`} />
        </div>
      )}
      <KeyValueList
        items={[
          { label: 'Type', value: authenticationTypes[type] },
          {
            label: 'Variables',
            value:
              variables
                .map(({ displayName, secret }) => (secret ? `${displayName} (secret)` : displayName))
                .join(', ') || 'Only the defaults of its type',
          },
          { label: 'Requests', value: requests.length === 0 ? 'None' : <Requests requests={requests} /> },
        ]}
      />
    </section>
  )
}

function Requests({ requests }: Pick<Preview, 'requests'>) {
  return (
    <ul className="grid gap-1">
      {requests.map(({ kind, step, method, url }) => (
        <li key={`${kind}-${step}`} className="break-all">
          {phaseKinds[kind]}
          {step > 0 && ` ${step + 1}`}: <code className="text-xs">{`${method ?? ''} ${url}`.trim()}</code>
        </li>
      ))}
    </ul>
  )
}
