import { MailSettings } from '@/components/settings/mail-settings'
import { SendTestMail } from '@/components/settings/send-test-mail'
import { requireActor } from '@/lib/platform/session/actor'
import { getMailSettings } from '@/lib/settings/get-mail-settings'

export const metadata = { title: 'Mail' }

export default async function MailPage() {
  const settings = await getMailSettings(await requireActor(), {})
  // The layout says who may see this.
  if (!settings.ok) return null
  return (
    <div className="grid max-w-4xl gap-8 [--label-width:13rem]">
      <MailSettings settings={settings.value} />
      <SendTestMail recipient={settings.value.recipient} missing={settings.value.missing} />
    </div>
  )
}
