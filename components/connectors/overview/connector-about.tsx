import { Download } from 'lucide-react'
import { DuplicateConnectorDialog } from '@/components/connectors/overview/duplicate-connector-dialog'
import { ConnectorDocument } from '@/components/imports/connector-document'
import { DisableButton } from '@/components/instances/disable-button'
import { buttonStyle } from '@/components/ui/button-style'
import { RelativeTime } from '@/components/ui/relative-time'
import { KeyValueList } from '@/components/ui/key-value-list'
import { Section } from '@/components/ui/section'
import type { AuditLine } from '@/lib/activity/views'
import type { ConnectorImport } from '@/lib/imports/import-views'
import type { ConnectorDetail } from '@/lib/connectors/views'

const waysIn: Record<string, string> = {
  create_connector: 'Described',
  install_connector: 'Installed from the ready-made connectors',
  import_connector: 'Imported from a document',
  import_curl_command: 'Added from a curl command',
  duplicate_connector: 'Duplicated from another version',
  install_sandbox_connector: 'Installed with the sandbox',
  try_sandbox: 'Installed with the sandbox',
}

type ConnectorAboutProps = {
  connector: ConnectorDetail
  cameFrom: AuditLine | null
  imported: ConnectorImport | null
  canChange: boolean
}

/** What a connector is, and how it was created. */
export function ConnectorAbout({ connector, cameFrom, imported, canChange }: ConnectorAboutProps) {
  const { description, baseUrl, documentationUrl, managedBy } = connector
  return (
    <Section
      title="About"
      actions={
        <>
          <a
            className={buttonStyle({ size: 'sm' })}
            download
            href={`/connectors/${connector.id}/document`}
            aria-label={`Export ${connector.name}`}
          >
            <Download aria-hidden />
            Export
          </a>
          {canChange && <DuplicateConnectorDialog connectorId={connector.id} name={connector.name} />}
          {canChange && !connector.disabled && (
            <DisableButton noun="connector" id={connector.id} name={connector.name} size="sm" />
          )}
        </>
      }
    >
      <KeyValueList
        items={[
          { label: 'Description', value: description || null },
          { label: 'Base URL', value: baseUrl ? <code className="break-all">{baseUrl}</code> : null },
          {
            label: 'Documentation',
            value: documentationUrl ? (
              <a
                href={documentationUrl}
                target="_blank"
                rel="noreferrer noopener"
                className="break-all text-accent-text hover:underline"
              >
                {documentationUrl}
              </a>
            ) : null,
          },
          {
            label: 'Origin',
            value: cameFrom ? (
              <>
                {waysIn[cameFrom.action] ?? 'Added'} by {cameFrom.person} <RelativeTime at={cameFrom.at} />
              </>
            ) : null,
          },
          {
            label: 'Managed by',
            value: managedBy && (
              <>
                <span className="break-all">
                  {managedBy.repository}, <code>{managedBy.path}</code>
                </span>
                , pushed <RelativeTime at={managedBy.pushedAt} />
                {canChange && '. A change here makes the next push conflict.'}
              </>
            ),
          },
          {
            label: 'Document',
            value:
              imported || canChange ? (
                <ConnectorDocument connectorId={connector.id} imported={imported} canChange={canChange} />
              ) : null,
          },
        ]}
      />
    </Section>
  )
}
