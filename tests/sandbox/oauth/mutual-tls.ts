import type { TLSSocket } from 'node:tls'
import type { Configuration, KoaContextWithOIDC } from 'oidc-provider'

const socketOf = (ctx: KoaContextWithOIDC) => ctx.req.socket as Partial<TLSSocket>

/** Client certificates instead of secrets, and tokens bound to them (RFC 8705). */
export const mutualTls: NonNullable<Configuration['features']>['mTLS'] = {
  enabled: true,
  certificateBoundAccessTokens: true,
  tlsClientAuth: true,
  getCertificate: (ctx) => socketOf(ctx).getPeerX509Certificate?.(),
  certificateAuthorized: (ctx) => socketOf(ctx).authorized === true,
  certificateSubjectMatches: (ctx, _property, expected) =>
    socketOf(ctx).getPeerCertificate?.().subject?.CN === expected,
}
