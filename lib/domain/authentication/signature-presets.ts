import { defaultsOf } from '../method-options/options'
import type { SignatureOptions } from '../method-options/options-schema'
import type { MethodOptions } from '../method-options/options-schema'
import type { DefaultVariable } from './types'

/** Presets for a *Request signature*: schemes that many third parties share. */

export type SignaturePreset = {
  key: string
  name: string
  description: string
  options: Pick<MethodOptions, 'computed' | 'signature'>
  /** Additional variables, or by key changes to the type's own variable. */
  variables: readonly PresetVariable[]
}

export type PresetVariable = Pick<DefaultVariable, 'key' | 'displayName'> & Partial<Omit<DefaultVariable, 'locked'>>

const plain = defaultsOf({}).signature

function byTemplates(placements: SignatureOptions['placements']): SignatureOptions {
  return { ...plain, scheme: 'template', placements }
}

const awsSignature: SignaturePreset = {
  key: 'aws-signature-version-4',
  name: 'AWS Signature Version 4',
  description: 'For Amazon Web Services, S3-compatible storage, and API Gateway with IAM.',
  options: {
    computed: [],
    signature: {
      ...plain,
      scheme: 'aws_sigv4',
      accessKeyId: '{{ access_key_id }}',
      secretAccessKey: '{{ secret_key }}',
      sessionToken: '{{ session_token }}',
      region: '{{ region }}',
      service: '{{ service }}',
    },
  },
  variables: [
    {
      key: 'access_key_id',
      displayName: 'Access key ID',
      helpText: 'Begins with AKIA, or with ASIA if it is temporary.',
      required: true,
    },
    {
      key: 'secret_key',
      displayName: 'Secret access key',
      helpText: 'Issued together with the access key ID. The key itself is never sent.',
    },
    {
      key: 'session_token',
      displayName: 'Session token',
      helpText: 'Only for temporary credentials.',
      secret: true,
      advanced: true,
    },
    {
      key: 'region',
      displayName: 'Region',
      helpText: 'For example eu-west-1. Use us-east-1 if the service has no region.',
      defaultValue: 'us-east-1',
      required: true,
    },
    {
      key: 'service',
      displayName: 'Service',
      helpText: 'The name in signatures: s3, dynamodb, sqs, sns, ses, execute-api for API Gateway.',
      defaultValue: 'execute-api',
      required: true,
      advanced: true,
    },
  ],
}

/** Signs method, path, query, body digest, time and nonce: everything that an attacker could change or replay. */
const hmacHeader: SignaturePreset = {
  key: 'hmac-header',
  name: 'HMAC header',
  description:
    'HMAC-SHA256 over method, path, query, body, time and nonce, in headers. Adapt the signed text and the names of the headers to the API’s documentation.',
  options: {
    computed: [
      { key: 'timestamp', value: '{{ now | date: "unix" }}' },
      { key: 'body_hash', value: '{{ request_body | sha256 }}' },
      {
        key: 'string_to_sign',
        value:
          '{{ request_method }}\n{{ request_path }}\n{{ request_query }}\n{{ body_hash }}\n{{ timestamp }}\n{{ nonce }}',
      },
    ],
    signature: byTemplates([
      { place: 'header', key: 'X-Api-Key', value: '{{ key_id }}' },
      { place: 'header', key: 'X-Timestamp', value: '{{ timestamp }}' },
      { place: 'header', key: 'X-Nonce', value: '{{ nonce }}' },
      { place: 'header', key: 'X-Signature', value: '{{ string_to_sign | hmac_sha256: secret_key }}' },
    ]),
  },
  variables: [
    {
      key: 'key_id',
      displayName: 'Key ID',
      helpText: 'Tells the API which secret key signed the request.',
      required: true,
    },
  ],
}

/** @see OASIS Web Services Security, UsernameToken Profile 1.0 §3.1 */
const wsse: SignaturePreset = {
  key: 'wsse-username-token',
  name: 'WSSE UsernameToken',
  description: 'A digest of nonce, time and password in the header X-WSSE.',
  options: {
    computed: [
      { key: 'created', value: '{{ now | date: "iso" }}' },
      { key: 'password_digest', value: '{{ nonce | append: created | append: secret_key | sha1: "base64" }}' },
    ],
    signature: byTemplates([
      { place: 'header', key: 'Authorization', value: 'WSSE profile="UsernameToken"' },
      {
        place: 'header',
        key: 'X-WSSE',
        value:
          'UsernameToken Username="{{ username }}", PasswordDigest="{{ password_digest }}", Nonce="{{ nonce | base64_encode }}", Created="{{ created }}"',
      },
    ]),
  },
  variables: [
    { key: 'username', displayName: 'Username', required: true },
    {
      key: 'secret_key',
      displayName: 'Password',
      helpText: 'Or the secret issued by the API. It is never sent itself.',
    },
  ],
}

const messageSignature: SignaturePreset = {
  key: 'http-message-signature',
  name: 'HTTP message signature (RFC 9421)',
  description:
    'Signature-Input and Signature over selected parts of the request, with a private key or a shared secret.',
  options: {
    computed: [],
    signature: {
      ...plain,
      scheme: 'http_message_signatures',
      components: ['@method', '@authority', '@path', '@query', 'content-type', 'content-digest'],
      algorithm: 'ecdsa-p256-sha256',
      key: '{{ secret_key }}',
      keyEncoding: 'pem',
      keyId: '{{ key_id }}',
      contentDigest: 'sha-256',
    },
  },
  variables: [
    {
      key: 'key_id',
      displayName: 'Key ID',
      helpText: 'Sent as keyid, so that the API knows which key to verify with.',
      required: true,
    },
    {
      key: 'secret_key',
      displayName: 'Private key',
      helpText:
        'In PEM format (-----BEGIN PRIVATE KEY----- …); with hmac-sha256, the shared secret. The key itself is never sent.',
    },
  ],
}

export const signaturePresets: readonly SignaturePreset[] = [awsSignature, hmacHeader, wsse, messageSignature]
