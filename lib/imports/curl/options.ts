/**
 * The options of curl 8 (`curl --help all`): which have a value, and what they mean for a connector.
 *
 * `connection`: how curl connects, which an endpoint does not say. `output`: what curl prints or writes. `reported`: it
 * changes the request in a way that is explained in `why`.
 */
export type OptionUse = 'read' | 'connection' | 'output' | 'reported'
export type OptionRule = { name: string; hasValue: boolean; use: OptionUse }

/** `name/x` has the short form `-x`. */
const table: Record<OptionUse, { plain: string; valued: string }> = {
  read: {
    plain: 'basic compressed digest get/G globoff/g head/I location/L',
    valued: `aws-sigv4 cert/E cookie/b data/d data-ascii data-binary data-raw data-urlencode form/F form-string header/H
      json key max-time/m oauth2-bearer range/r referer/e request/X url url-query user/u user-agent/A`,
  },
  reported: {
    plain: 'anyauth insecure/k location-trusted negotiate netrc/n netrc-optional next/: ntlm proxy-ntlm',
    valued: `cacert capath cert-type config/K delegation key-type netrc-file pass proto-default proxy/x request-target
      time-cond/z upload-file/T variable expand-data expand-header expand-url expand-user`,
  },
  connection: {
    plain: `alpn append/a ca-native cert-status crlf disable/q disable-eprt disable-epsv disallow-username-in-url
      doh-cert-status doh-insecure false-start ftp-create-dirs ftp-pasv ftp-skip-pasv-ip ftp-ssl-ccc ftp-ssl-control
      haproxy-protocol http0.9 http1.0/0 http1.1 http2 http2-prior-knowledge http3 http3-only ignore-content-length
      ipv4/4 ipv6/6 junk-session-cookies/j keepalive list-only/l mail-rcpt-allowfails mptcp npn parallel/Z
      parallel-immediate path-as-is post301 post302 post303 proxy-anyauth proxy-basic proxy-ca-native proxy-digest
      proxy-http2 proxy-insecure proxy-negotiate proxy-ssl-allow-beast proxy-ssl-auto-client-cert proxy-tlsv1
      proxytunnel/p raw remote-time/R retry-all-errors retry-connrefused sasl-ir sessionid socks5-basic
      socks5-gssapi socks5-gssapi-nec ssl ssl-allow-beast ssl-auto-client-cert ssl-no-revoke ssl-reqd ssl-revoke-best-effort
      ssl-sessions sslv2/2 sslv3/3 suppress-connect-headers tcp-fastopen tcp-nodelay tftp-no-options tlsv1/1 tlsv1.0
      tlsv1.1 tlsv1.2 tlsv1.3 tls-earlydata tr-encoding use-ascii/B`,
    valued: `abstract-unix-socket alt-svc ciphers connect-timeout connect-to continue-at/C crlfile curves dns-interface
      dns-ipv4-addr dns-ipv6-addr dns-servers doh-url ech egd-file engine expect100-timeout ftp-account
      ftp-alternative-to-user ftp-method ftp-port/P ftp-ssl-ccc-mode happy-eyeballs-timeout-ms haproxy-clientip hostpubmd5
      hostpubsha256 hsts interface ip-tos ipfs-gateway keepalive-cnt keepalive-time krb limit-rate local-port
      login-options mail-auth mail-from mail-rcpt max-filesize max-redirs noproxy parallel-max parallel-max-host
      pinnedpubkey preproxy proto proto-redir proxy-cacert proxy-capath proxy-cert proxy-cert-type proxy-ciphers
      proxy-crlfile proxy-header proxy-key proxy-key-type proxy-pass proxy-pinnedpubkey proxy-service-name
      proxy-tls13-ciphers proxy-tlsauthtype proxy-tlspassword proxy-tlsuser proxy-user/U proxy1.0 pubkey quote/Q
      random-file rate resolve retry retry-delay retry-max-time sasl-authzid service-name sigalgs socks4 socks4a socks5
      socks5-gssapi-service socks5-hostname speed-limit/Y speed-time/y telnet-option/t tftp-blksize tls-max
      tls13-ciphers tlsauthtype tlspassword tlsuser unix-socket upload-flags vlan-priority`,
  },
  output: {
    plain: `buffer create-dirs fail/f fail-early fail-with-body include/i manual/M metalink no-buffer/N no-progress-meter out-null
      progress-bar/# progress-meter remote-header-name/J remote-name/O remote-name-all remove-on-error show-error/S
      show-headers silent/s skip-existing styled-output trace-ids trace-time verbose/v version/V xattr no-clobber`,
    valued: `cookie-jar/c create-file-mode dump-header/D etag-compare etag-save help/h libcurl output/o output-dir stderr
      trace trace-ascii trace-config write-out/w`,
  },
}

const byName = new Map<string, OptionRule>()
const byLetter = new Map<string, OptionRule>()

for (const [use, { plain, valued }] of Object.entries(table) as [OptionUse, (typeof table)['read']][])
  for (const [names, hasValue] of [[plain, false] as const, [valued, true] as const])
    for (const entry of names.split(/\s+/)) {
      const [name = '', letter] = entry.split('/')
      const rule = { name, hasValue, use }
      byName.set(name, rule)
      if (letter !== undefined) byLetter.set(letter, rule)
    }

/** `--no-keepalive` switches `--keepalive` off; such an option never changes what is sent. */
export function optionOf(name: string): OptionRule | undefined {
  const own = byName.get(name)
  if (own !== undefined || !name.startsWith('no-')) return own
  const switched = byName.get(name.slice(3))
  return switched && !switched.hasValue ? { name, hasValue: false, use: 'connection' } : undefined
}

export function shortOptionOf(letter: string): OptionRule | undefined {
  return byLetter.get(letter)
}

/** Why an option is not imported, and what to do instead. */
export const reasons: Record<string, string> = {
  insecure:
    'Certificates are always verified. If the API has a private CA, add it on the Certificates tab of the instance.',
  'location-trusted': 'Credentials never follow a redirect to another origin.',
  anyauth: 'Patchbay does not try several kinds of authentication. Choose one.',
  negotiate: 'Kerberos (Negotiate) is not supported.',
  delegation: 'Kerberos (Negotiate) is not supported.',
  ntlm: 'NTLM is not supported.',
  'proxy-ntlm': 'NTLM is not supported.',
  netrc: 'Credentials from a .netrc file are not part of the command. Enter them in the instance.',
  'netrc-optional': 'Credentials from a .netrc file are not part of the command. Enter them in the instance.',
  'netrc-file': 'Credentials from a .netrc file are not part of the command. Enter them in the instance.',
  cacert: 'The command only names a file. Add the private CA on the Certificates tab of the instance.',
  capath: 'The command only names a folder. Add the private CA on the Certificates tab of the instance.',
  'cert-type': 'The format is recognised when the certificate is added to the instance.',
  'key-type': 'The format is recognised when the key is added to the instance.',
  pass: 'Enter the passphrase with the certificate on the Certificates tab of the instance.',
  config: 'The command only names a file with further options. Paste them as part of the command.',
  proxy: 'Proxies are a setting of the installation, not of an endpoint.',
  'proto-default': 'Write the URL with its scheme.',
  'request-target': 'A request is always sent to the path of its URL.',
  'time-cond': 'Add the header If-Modified-Since with a variable.',
  'upload-file': 'The command only names a file. Set the body of the endpoint.',
  next: 'Only the first request was read. Paste the others one by one.',
  variable: 'Variables of curl are not read. Write their values into the command.',
  'expand-data': 'Variables of curl are not read. Write their values into the command.',
  'expand-header': 'Variables of curl are not read. Write their values into the command.',
  'expand-url': 'Variables of curl are not read. Write their values into the command.',
  'expand-user': 'Variables of curl are not read. Write their values into the command.',
}
