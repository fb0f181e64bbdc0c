/** A wrong value of a setting, and what the message about it must say. */
export type WrongValue = { value: string; says: RegExp }

export type SettingRow =
  | {
      /** Other settings that the rows need. */
      beside?: Record<string, string>
      secret?: true
      wrong: readonly [WrongValue, WrongValue, ...WrongValue[]]
    }
  /** Only read by tests, so no value of it prevents a start. */
  | { readBy: 'tests' }

const notAPort = /whole number from 1 to 65535/
const notAnAddress = /address that begins with http:\/\/ or https:\/\//
const notAnEntry = /neither a range .* nor host:port/
const notAMailServer = /begins with smtp:\/\/ or smtps:\/\//
const notASender = /is not an email address, such as/
const notADatabase = /begins with postgres:\/\//
const key = Buffer.alloc(32, 7).toString('base64')

/** The secrets that an external database requires. */
const secrets = { PATCHBAY_ENCRYPTION_KEYS: `main:${key}`, PATCHBAY_SESSION_SECRET: 'x'.repeat(32) }

/** Wrong values of every variable that `.env.example` names. */
export const settingRows: Record<string, SettingRow> = {
  PORT: {
    wrong: [
      { value: 'abc', says: /"abc".*whole number from 1 to 65535/ },
      { value: '0', says: notAPort },
      { value: '65536', says: notAPort },
      { value: '-1', says: notAPort },
      { value: '30.5', says: notAPort },
      { value: '0x50', says: notAPort },
      { value: '1e3', says: notAPort },
    ],
  },
  APP_URL: {
    wrong: [
      { value: 'patchbay.test', says: notAnAddress },
      { value: 'ftp://patchbay.test', says: notAnAddress },
      { value: 'localhost:3000', says: notAnAddress },
      { value: 'https://', says: notAnAddress },
      { value: 'https:patchbay.test', says: notAnAddress },
      { value: 'https://patchbay.test/app', says: /must not contain a path/ },
      { value: 'https://patchbay.test/?a=1', says: /must not contain a path/ },
      { value: 'https://dana:hush@patchbay.test', says: /must not contain a user name/ },
    ],
  },
  PATCHBAY_PUBLIC_URLS: {
    wrong: [
      { value: 'patchbay.test', says: notAnAddress },
      { value: 'https://one.test, two.test', says: /"two\.test"/ },
      { value: 'https://one.test;https://two.test', says: notAnAddress },
      { value: 'https://one.test/app', says: /must not contain a path/ },
    ],
  },
  PATCHBAY_API_REQUESTS_PER_MINUTE: {
    wrong: [
      { value: '0', says: /not a whole number from 1 to 1000000/ },
      { value: 'many', says: /"many" is not a whole number/ },
    ],
  },
  PATCHBAY_API_CORS_ORIGINS: {
    wrong: [
      { value: '*', says: /"\*" is not an origin/ },
      { value: 'https://one.test, https://two.test/app', says: /"https:\/\/two\.test\/app" is not an origin/ },
    ],
  },
  PATCHBAY_WORKERS: {
    wrong: [
      { value: '9', says: /"9" is not a whole number from 0 to 8/ },
      { value: '-1', says: /not a whole number from 0 to 8/ },
      { value: 'two', says: /"two" is not a whole number/ },
    ],
  },
  PATCHBAY_METRICS_TOKEN: {
    secret: true,
    wrong: [
      { value: 'fifteen-charact', says: /at least 16 characters/ },
      { value: 'sixteen and more with spaces', says: /without spaces/ },
    ],
  },
  PATCHBAY_OIDC_ISSUER: {
    wrong: [
      { value: 'login.example.com', says: /begins with https/ },
      { value: 'http://login.example.com', says: /must begin with https/ },
      { value: 'https://dana:hush@login.example.com', says: /without a user name/ },
      { value: 'https://login.example.com/?tenant=1', says: /without a user name or a query/ },
    ],
  },
  PATCHBAY_OIDC_CLIENT_ID: {
    wrong: [
      { value: 'pätchbay', says: /signs of ASCII/ },
      { value: 'patch\nbay', says: /signs of ASCII/ },
    ],
  },
  PATCHBAY_OIDC_CLIENT_SECRET: {
    secret: true,
    wrong: [
      { value: 'hush-hüsh', says: /signs of ASCII/ },
      { value: 'hush\thush', says: /signs of ASCII/ },
    ],
  },
  PATCHBAY_OIDC_NAME: {
    wrong: [
      { value: 'x'.repeat(61), says: /at most 60 characters/ },
      { value: 'Acme\nBank', says: /one line/ },
    ],
  },
  PATCHBAY_OIDC_EMAIL_DOMAINS: {
    wrong: [
      { value: '@example.com', says: /not a domain such as example\.com/ },
      { value: 'example.com, localhost', says: /localhost. is not a domain/ },
    ],
  },
  PATCHBAY_OIDC_ROLE: {
    wrong: [
      { value: 'owner', says: /not one of read_only/ },
      { value: 'Administrator', says: /not one of read_only/ },
    ],
  },
  PATCHBAY_SMTP_URL: {
    secret: true,
    wrong: [
      { value: 'mail.test:587', says: notAMailServer },
      { value: 'https://mail.test', says: notAMailServer },
      { value: 'smtp:mail.test', says: notAMailServer },
      { value: 'smtp://', says: /cannot be read/ },
      { value: 'smtp://dana:hush-hush@', says: /cannot be read/ },
      { value: 'smtp://dana:hush#hush@mail.test', says: /percent-encoded/ },
      { value: 'smtp://dana:hush/hush@mail.test', says: /percent-encoded/ },
      { value: 'smtp://dana:hush?hush@mail.test', says: /percent-encoded/ },
      { value: 'smtp://dana:hush%hush@mail.test', says: /percent-encoded/ },
      { value: 'smtp://dana:hush%E9hush@mail.test', says: /percent-encoded/ },
      { value: 'smtp://dana:hush-hush@mail.test:99999', says: /port/ },
      { value: 'smtp://dana:hush-hush@mail.test/?tls=no', says: /Nothing may follow/ },
      { value: 'smtp://dana@mail.test', says: /needs a password/ },
      { value: 'smtp://:hush-hush@mail.test', says: /needs a password/ },
    ],
  },
  PATCHBAY_SMTP_URL_FILE: {
    wrong: [
      { value: '/no/such/file', says: /"\/no\/such\/file" cannot be read/ },
      { value: 'package.json', says: /text in its file is wrong.*begins with smtp:\/\// },
      { value: '/dev/null', says: /is empty/ },
    ],
  },
  PATCHBAY_MAIL_FROM: {
    wrong: [
      { value: 'Patchbay', says: notASender },
      { value: 'patchbay@', says: notASender },
      { value: 'one@mail.test, two@mail.test', says: notASender },
      { value: 'Patchbay <patchbay>', says: notASender },
      { value: 'Patchbay\nBcc: all <patchbay@mail.test>', says: notASender },
    ],
  },
  PATCHBAY_MAIL_FROM_FILE: {
    wrong: [
      { value: '/no/such/file', says: /"\/no\/such\/file" cannot be read/ },
      { value: 'package.json', says: /text in its file is wrong.*not an email address/ },
    ],
  },
  DATABASE_URL: {
    beside: secrets,
    secret: true,
    wrong: [
      { value: 'hello', says: notADatabase },
      { value: 'mysql://dana:hush-hush@db.test:3306/patchbay', says: notADatabase },
      { value: 'db.test:5432/patchbay', says: notADatabase },
      { value: 'postgres:patchbay', says: notADatabase },
      { value: 'postgres://dana:hush#hush@db.test:5432/patchbay', says: /percent-encoded/ },
      { value: 'postgres://dana:hush/hush@db.test:5432/patchbay', says: /percent-encoded/ },
      { value: 'postgres://dana:hush%E9hush@db.test/patchbay', says: /percent-encoded/ },
      { value: 'postgres://dana:hush-hush@db.test:99999/patchbay', says: /port/ },
      { value: 'postgres://db.test/patchbay?sslrootcert=/no/such/hush-hush.pem', says: /sslrootcert cannot be read/ },
    ],
  },
  PATCHBAY_DATA_DIR: {
    wrong: [
      { value: 'package.json', says: /package\.json.*is not a folder/ },
      { value: 'package.json/data', says: /package\.json.*is not a folder/ },
      { value: '/dev/null/data', says: /\/dev\/null.*is not a folder/ },
    ],
  },
  PATCHBAY_ENCRYPTION_KEYS: {
    secret: true,
    wrong: [
      { value: 'hush-hush', says: /Key 1 .*name:key/ },
      { value: key, says: /Key 1 .*name:key/ },
      { value: 'main:hush-hush', says: /Key 1 .*32 bytes/ },
      { value: `main:${key},old:hush-hush`, says: /Key 2 .*32 bytes/ },
      { value: `main key:${key}`, says: /name of key 1 .*letters, digits/ },
      { value: `main:${key},main:${key}`, says: /Key 2 .*name as key 1/ },
      { value: `main:$(node -p "require('crypto').randomBytes(32).toString('base64')")`, says: /Key 1 .*32 bytes/ },
      { value: ',', says: /no key/ },
    ],
  },
  PATCHBAY_SESSION_SECRET: {
    secret: true,
    wrong: [
      { value: 'hush-hush', says: /at least 32 characters/ },
      { value: 'x'.repeat(31), says: /at least 32 characters/ },
      { value: ' '.repeat(40), says: /at least 32 characters/ },
      { value: `$(node -p "require('crypto').randomBytes(32).toString('base64url')")`, says: /command/ },
    ],
  },
  PATCHBAY_OUTBOUND_ALLOW: {
    wrong: [
      { value: '10.0.0.0/99', says: /"10\.0\.0\.0\/99" is neither a range/ },
      { value: '10.0.0.0/8, localhost', says: /"localhost" is neither/ },
      { value: 'db.test:99999', says: notAnEntry },
      { value: 'http://10.0.0.5:80', says: notAnEntry },
      { value: '300.0.0.0/8;x', says: notAnEntry },
    ],
  },
  PATCHBAY_LOG_LEVEL: {
    wrong: [
      { value: 'verbose', says: /"verbose".*debug, info, warn, error or silent/ },
      { value: '3', says: /debug, info, warn, error or silent/ },
    ],
  },
  SANDBOX_PORT: {
    wrong: [
      { value: 'abc', says: /whole number from 1 to 65533/ },
      { value: '65534', says: /whole number from 1 to 65533/ },
    ],
  },
  CHROMIUM_PATH: { readBy: 'tests' },
  TEST_DATABASE_URL: { readBy: 'tests' },
}
