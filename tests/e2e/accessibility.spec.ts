import type { Page } from '@playwright/test'
import { seedAcme, type SeededAcme, type SeededInstance } from '@/tests/support/acme-workspace'
import type { SeededShape } from '@/tests/support/seed'
import { aWorkspace, expect, password, test } from '@/tests/support/workspace'
import { axeViolations } from '@/tests/support/axe'
import { expectRunStatus, runShape } from '@/tests/support/journey'
import { haveSession } from '@/tests/support/session'

// Each check of a page runs a large script in it, which a trace would store.
test.use({ trace: 'off' })

const workspace = aWorkspace()
let acme: SeededAcme
let basic: SeededInstance
let oauth: SeededInstance
let flow: SeededShape

test.beforeAll(async () => {
  acme = await seedAcme(workspace)
  basic = await acme.addInstance('Acme UK', 'basic auth')
  oauth = await acme.addInstance('Acme EU', 'OAuth 2')
  flow = await acme.addFlow('Nightly orders', { instance: basic, endpoint: 'List orders' })
  // An unusually long name, which must not widen a page.
  await acme.addInstance(`Acme ${'long'.repeat(25)}`, 'API token')
})

type Screen = {
  name: string
  path: () => Promise<string>
  open?: (page: Page) => Promise<void>
  /** Checked one after the other. */
  tabs?: string[]
}

const dialog =
  (trigger: string, link = false) =>
  async (page: Page) => {
    await page
      .getByRole(link ? 'link' : 'button', { name: trigger, exact: true })
      .first()
      .click()
    await expect(page.getByRole('dialog')).toBeVisible()
  }
const at = (path: string) => async () => path
const ofConnector = (path: string) => async () => `${acme.path}${path}`
const method = async () => `${acme.path}/authentication/${await acme.methodId('OAuth 2')}`
const endpoint = async () => `${acme.path}/endpoints/${await acme.endpointId('List orders')}`

const parts: Record<string, Screen[]> = {
  Connectors: [
    { name: 'Manage connectors', path: at('/connectors') },
    { name: 'Manage connectors, nothing found', path: at('/connectors?q=nothing-is-called-this') },
    { name: 'a new connector', path: at('/connectors/new') },
    { name: 'the overview of a connector', path: ofConnector('/overview') },
    { name: 'Basic details', path: ofConnector('') },
    { name: 'deleting a connector', path: ofConnector(''), open: dialog('Delete connector') },
    { name: 'Connector variables', path: ofConnector('/variables') },
    { name: 'a new variable', path: ofConnector('/variables'), open: dialog('Add variable') },
  ],
  'Authentication methods': [
    { name: 'authentication methods', path: ofConnector('/authentication') },
    {
      name: 'a new authentication method',
      path: ofConnector('/authentication'),
      open: dialog('Add new authentication method'),
    },
    {
      name: 'Authentication setup',
      path: method,
      tabs: [
        'Auth variables',
        'Connector variables',
        'URLs',
        'URL parameters',
        'Headers',
        'Body',
        'Token',
        'Test request',
      ],
    },
  ],
  Endpoints: [
    { name: 'endpoints', path: ofConnector('/endpoints') },
    { name: 'a new endpoint', path: ofConnector('/endpoints'), open: dialog('Add new endpoint') },
    { name: 'the matrix', path: ofConnector('/endpoints/matrix') },
    { name: 'the shared parameters', path: ofConnector('/endpoints/parameters') },
    {
      name: 'the review of the matrix',
      path: ofConnector('/endpoints/matrix'),
      open: async (page) => {
        await page.getByRole('checkbox', { name: 'basic auth for List orders', exact: true }).click()
        await page.getByRole('button', { name: 'Review', exact: true }).click()
        await expect(
          page.getByRole('dialog').getByRole('region', { name: 'Flows that lose an endpoint' }),
        ).toBeVisible()
      },
    },
    {
      name: 'Endpoint setup',
      path: endpoint,
      tabs: ['URL', 'Headers', 'Body', 'Variables', 'Authentication', 'Response'],
    },
  ],
  Instances: [
    { name: 'choosing a connector for an instance', path: at('/instances/new') },
    { name: 'a new instance', path: async () => `/instances/new?connector=${acme.connectorId}` },
    {
      name: 'a new instance, credentials',
      path: async () => `/instances/new?connector=${acme.connectorId}`,
      open: async (page) => {
        await page.getByLabel('Instance name').fill('Acme US')
        await page.getByRole('radio', { name: 'OAuth 2', exact: true }).check()
        await page.getByRole('button', { name: 'Create instance' }).click()
        await expect(page.getByRole('alert').first()).toBeVisible()
      },
    },
    {
      name: 'Instance settings',
      path: async () => oauth.path,
      tabs: ['Instance details', 'Authentication', 'Certificates', 'Timeline'],
    },
    {
      name: 'Instance settings, rejected',
      path: async () => basic.path,
      open: async (page) => {
        await page.getByRole('tab', { name: 'Authentication', exact: true }).click()
        await page.getByRole('button', { name: 'Replace Password' }).click()
        await page.getByLabel('Password', { exact: true }).fill('not-the-password')
        await page.getByRole('button', { name: 'Test instance connection' }).click()
        await expect(page.getByRole('alert').filter({ hasText: 'Rejected' })).toBeVisible()
      },
    },
  ],
  Flows: [
    { name: 'flows', path: at('/flows') },
    { name: 'a new flow', path: at('/flows'), open: dialog('New flow') },
    { name: 'a flow', path: async () => flow.path.split('?')[0]! },
    {
      name: 'a connection shape after a run',
      path: async () => flow.path,
      open: async (page) => {
        await runShape(page)
        await expectRunStatus(page, 200)
        await expect(page.getByRole('region', { name: 'Response body' })).toContainText('"orders"')
      },
    },
    {
      name: 'the endpoint picker',
      path: async () => flow.path,
      open: async (page) => {
        await page.getByRole('combobox', { name: 'Endpoint' }).click()
        await expect(page.getByRole('option').first()).toBeVisible()
      },
    },
  ],
  'Everything else': [
    { name: 'Activity', path: at('/activity') },
    { name: 'Activity, changes', path: at('/activity/changes') },
    {
      name: 'a request',
      path: async () => basic.path,
      open: async (page) => {
        await page.getByRole('button', { name: 'Check now', exact: true }).click()
        await expect(page.getByRole('status').filter({ hasText: 'accepted' })).toBeVisible()
        await page.goto('/activity')
        await page.getByRole('table').getByRole('link').first().click()
        await expect(page.getByRole('region', { name: 'Request headers' })).toBeVisible()
      },
    },
    { name: 'Settings', path: at('/settings') },
    { name: 'Profile', path: at('/profile') },
    { name: 'ending other sessions', path: at('/profile'), open: dialog('End all other sessions') },
    { name: 'a refused authorisation', path: at('/oauth/authenticate?state=forged&code=forged') },
    { name: 'an address that leads nowhere', path: at('/flows/none') },
  ],
}

/** Of every severity. */
async function faults(page: Page, rules?: string[]): Promise<string[]> {
  return (await axeViolations(page, rules)).flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}\n${failureSummary ?? ''}`),
  )
}

/** Waits until the change is rendered. */
const painted = (page: Page) =>
  page.evaluate(
    () => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
  )

/** How far the page, or the dialog on it, extends beyond the window or can be scrolled sideways. */
const overflow = (page: Page) =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    const dialogs = [...document.querySelectorAll('[role="dialog"]')].flatMap((dialog) => {
      const { left, right } = dialog.getBoundingClientRect()
      return [right - window.innerWidth, -left, dialog.scrollWidth - dialog.clientWidth]
    })
    return Math.max(0, ...[scrollWidth - clientWidth, ...dialogs].map(Math.floor))
  })

/** The rules whose result can differ in a narrow window, which has other controls and more scrolling. */
const ofLayout = [
  'aria-hidden-focus',
  'button-name',
  'label',
  'link-name',
  'nested-interactive',
  'scrollable-region-focusable',
  'target-size',
]
const desktop = { width: 1440, height: 900 }
const phone = { width: 375, height: 800 }

/** At 1440 px in light with all rules, in dark only the colours, and at 375 px only the layout. */
async function expectAccessible(page: Page, name: string): Promise<void> {
  expect.soft(await faults(page), name).toEqual([])
  expect.soft(await overflow(page), `${name}: wider than 1440 px`).toBe(0)
  await page.emulateMedia({ colorScheme: 'dark' })
  await painted(page)
  expect.soft(await faults(page, ['color-contrast']), `${name}, dark`).toEqual([])
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize(phone)
  await painted(page)
  expect.soft(await overflow(page), `${name}: wider than 375 px`).toBe(0)
  expect.soft(await faults(page, ofLayout), `${name}, 375 px`).toEqual([])
  await page.setViewportSize(desktop)
}

for (const [part, screens] of Object.entries(parts)) {
  test(`${part}: no screen has accessibility faults in light, dark and on a phone, and each fits the phone`, async ({
    page,
  }) => {
    test.setTimeout(180_000)
    await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'light' })
    // Twice: the profile has another session to end.
    for (let count = 0; count < 2; count += 1) await haveSession(page.context(), workspace)
    for (const { name, path, open, tabs } of screens) {
      await test.step(name, async () => {
        await page.goto(await path())
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
        await open?.(page)
        if (!tabs) await expectAccessible(page, name)
        for (const tab of tabs ?? []) {
          await page.getByRole('tab', { name: tab, exact: true }).click()
          await expectAccessible(page, `${name}, ${tab}`)
        }
      })
    }
  })
}

test('the log-in fits a phone, and shows which field is wrong', async ({ page }) => {
  await page.setViewportSize({ width: 375, height: 800 })
  await page.goto('/login')
  await page.getByLabel('Email').fill('nobody@example.com')
  await page.getByLabel('Password', { exact: true }).fill('wrong')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('alert').first()).toBeFocused()
  expect(await faults(page)).toEqual([])
  expect(await overflow(page)).toBe(0)
})

test('on a phone the matrix scrolls under its first column', async ({ page }) => {
  await page.setViewportSize({ width: 375, height: 800 })
  await haveSession(page.context(), workspace)
  await page.goto(`${acme.path}/endpoints/matrix`)
  const last = page.getByRole('checkbox', { name: 'client certificate for List orders', exact: true })
  await last.scrollIntoViewIfNeeded()
  await expect(last).toBeInViewport()
  await expect(page.getByRole('link', { name: 'List orders', exact: true })).toBeInViewport()
  expect(await overflow(page)).toBe(0)
})

/** Tab (or another key) until the control has the focus: only what a keyboard can reach is reached. */
async function reach(page: Page, control: ReturnType<Page['getByRole']>, key = 'Tab'): Promise<void> {
  for (let step = 0; step < 80; step += 1) {
    if (await control.evaluate((element) => element === document.activeElement).catch(() => false)) return
    await page.keyboard.press(key)
  }
  throw new Error(`not reached by ${key}: ${control}`)
}

test('the keyboard alone signs in, builds a connector, switches a method on and chooses an endpoint in a flow', async ({
  page,
}) => {
  test.setTimeout(120_000)
  const press = async (control: ReturnType<Page['getByRole']>, key = 'Enter') => {
    await control.waitFor()
    await reach(page, control)
    await page.keyboard.press(key)
  }
  const type = async (control: ReturnType<Page['getByRole']>, text: string) => {
    await control.waitFor()
    await reach(page, control)
    await page.keyboard.type(text)
  }

  await test.step('sign in', async () => {
    await page.goto('/login')
    await type(page.getByLabel('Email'), workspace.administrator.email)
    await type(page.getByLabel('Password', { exact: true }), password)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: 'Manage connectors' })).toBeVisible()
  })

  await test.step('a connector', async () => {
    await press(page.getByRole('link', { name: 'Add new connector' }))
    await type(page.getByLabel('Name', { exact: true }), 'Keyboard API')
    await type(page.getByLabel('Base URL'), workspace.sandbox.url)
    await press(page.getByRole('button', { name: 'Next step' }))
    await page.waitForURL(/\/connectors\/[0-9a-f-]{36}/)
  })
  const connector = new URL(page.url()).pathname.split('/').slice(0, 3).join('/')

  await test.step('an authentication method', async () => {
    await page.goto(`${connector}/authentication`)
    await press(page.getByRole('button', { name: 'Add new authentication method' }).first())
    await type(page.getByLabel('Enter a name'), 'basic auth')
    await type(page.getByLabel('Select an authentication method'), 'Basic')
    await press(page.getByRole('button', { name: 'Create', exact: true }))
    await expect(page.getByRole('heading', { name: 'Authentication setup' })).toBeVisible()
  })

  await test.step('an endpoint, with the method switched on', async () => {
    await page.goto(`${connector}/endpoints`)
    await press(page.getByRole('button', { name: 'Add new endpoint' }).first())
    await type(page.getByRole('dialog').getByLabel('Name', { exact: true }), 'orders')
    await type(page.getByRole('dialog').getByLabel('URL', { exact: true }), '/orders')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: 'Endpoint setup' })).toBeVisible()
    await reach(page, page.getByRole('tab', { name: 'Authentication', exact: true }))
    await reach(page, page.getByRole('tab', { name: 'URL', exact: true }), 'ArrowLeft')
    await reach(page, page.getByRole('tab', { name: 'Authentication', exact: true }), 'ArrowRight')
    const toggle = page.getByRole('switch', { name: 'basic auth', exact: true })
    await press(toggle, 'Space')
    await expect(toggle).toBeChecked()
  })

  await test.step('a flow whose shape offers the endpoints of its instance', async () => {
    await page.goto('/flows')
    await press(page.getByRole('button', { name: 'New flow' }))
    await type(page.getByLabel('Flow name'), 'By keyboard')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/flows\/[0-9a-f-]{36}/)
    await press(page.getByRole('button', { name: 'Add connection shape' }))
    const instance = page.getByRole('combobox', { name: 'Instance', exact: true })
    await press(instance)
    await page.keyboard.type('Acme UK')
    await expect(page.getByRole('option')).toHaveCount(1)
    await page.keyboard.press('Enter')
    await expect(instance).toContainText('Acme UK')
    const picker = page.getByRole('combobox', { name: 'Endpoint', exact: true })
    await press(picker)
    await page.keyboard.type('List products')
    await expect(page.getByRole('option')).toHaveCount(1)
    await page.keyboard.press('Enter')
    await expect(picker).toContainText('List products')
    await press(page.getByRole('button', { name: 'Run this shape' }))
    await expect(page.getByRole('region', { name: 'Run result' }).getByText('200', { exact: true })).toBeVisible()
  })
})

test('the palette leads to an instance by its name alone', async ({ page }) => {
  await haveSession(page.context(), workspace)
  await page.goto('/flows')
  await page.keyboard.press('ControlOrMeta+k')
  await page.keyboard.type('Acme UK')
  await expect(page.getByRole('option', { name: 'Acme UK' })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new URL(basic.path, workspace.url).href)
})
