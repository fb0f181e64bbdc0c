import { KeyValueList } from '@/components/ui/key-value-list'
import { Section } from '@/components/ui/section'
import type { MailSettingsView } from '@/lib/settings/mail-views'

/** The mail server of the installation, read-only. */
export function MailSettings({ settings: { server, from } }: { settings: MailSettingsView }) {
  return (
    <Section
      title="Mail"
      description="The mail server of this installation. It is set in the environment of the server, for all workspaces, by PATCHBAY_SMTP_URL and PATCHBAY_MAIL_FROM."
    >
      <KeyValueList
        items={[
          {
            label: 'Mail server',
            value: server ? (
              <>
                <code>{server.host.includes(':') ? `[${server.host}]` : server.host}</code>, port{' '}
                <code>{server.port}</code>
              </>
            ) : (
              <NotSet variable="PATCHBAY_SMTP_URL" />
            ),
          },
          {
            label: 'Encryption',
            value: server && (server.secure ? 'TLS from the start' : 'STARTTLS, if the server offers it'),
          },
          {
            label: 'Log-in',
            value: server && (server.logsIn ? 'With a user name and a password, which are not shown' : 'None'),
          },
          {
            label: 'Sender',
            value: from ? (
              <>
                {from.name !== '' && `${from.name} `}
                <code>{`<${from.address}>`}</code>
              </>
            ) : (
              <NotSet variable="PATCHBAY_MAIL_FROM" />
            ),
          },
          {
            label: 'Set by',
            value: server || from ? <code>{[server?.variable, from?.variable].filter(Boolean).join(', ')}</code> : null,
          },
        ]}
      />
    </Section>
  )
}

function NotSet({ variable }: { variable: string }) {
  return (
    <span className="text-muted">
      Not set (<code>{variable}</code>)
    </span>
  )
}
