import { ImportConnector } from '@/components/imports/import-connector'
import { ImportEndpoints } from '@/components/imports/import-endpoints'
import { ImportItems } from '@/components/imports/import-items'
import { ImportReport } from '@/components/imports/import-report'
import { Alert } from '@/components/ui/alert'
import { Section } from '@/components/ui/section'
import type { ComponentProps } from 'react'
import type { ImportItemView, ImportView } from '@/lib/imports/import-views'

type ImportPreviewProps = Omit<ComponentProps<typeof ImportEndpoints>, 'methods'> & {
  view: ImportView
  methods: readonly ImportItemView[]
  report: ComponentProps<typeof ImportReport>['page']
}

/** What a document would add, before it is added: everything can be left out and renamed. */
export function ImportPreview({ view, methods, report, ...endpoints }: ImportPreviewProps) {
  const { id, format, baseUrl, name, versionLabel, instances, failure } = view
  return (
    <div className="grid gap-8">
      {failure !== '' && (
        <Alert tone="bad" title="The connector was not added">
          {failure}
        </Alert>
      )}
      <ImportConnector {...{ id, format, baseUrl, name, versionLabel, instances }} />
      <Section
        title="Authentication methods"
        description="An endpoint that accepts only methods that are left out gets none."
      >
        <ImportItems importId={id} label="Authentication methods" items={methods} />
      </Section>
      <ImportEndpoints {...endpoints} view={view} methods={methods.map((method) => method.name)} />
      <ImportReport page={report} />
    </div>
  )
}
