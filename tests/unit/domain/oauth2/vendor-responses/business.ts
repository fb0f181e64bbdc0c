import { afterSeconds, keep, stored, type VendorResponse } from './vendor-response'

export const business: VendorResponse[] = [
  {
    vendor: 'HubSpot',
    what: 'tokens',
    responses: [
      {
        body: {
          token_type: 'bearer',
          refresh_token: 'hub-refresh',
          access_token: 'hub-access',
          hub_id: 62515,
          expires_in: 1800,
        },
      },
    ],
    grant: {
      accessToken: 'hub-access',
      refreshToken: 'hub-refresh',
      tokenType: 'bearer',
      expiresAt: afterSeconds(1800),
    },
  },
  {
    vendor: 'HubSpot',
    what: 'a refresh token that is dead, in its own form',
    phase: 'refresh',
    options: { deadGrantErrors: ['BAD_REFRESH_TOKEN'] },
    successRule: { rejectedStatuses: [400] },
    responses: [
      {
        status: 400,
        body: { status: 'BAD_REFRESH_TOKEN', message: 'missing or invalid refresh token', correlationId: '1f2e' },
      },
    ],
    refused: { outcome: 'rejected', code: 'token_refused', says: 'missing or invalid refresh token', grantDead: true },
  },
  {
    vendor: 'Salesforce',
    what: 'a session at an instance, without a lifetime',
    options: { defaultLifetimeSeconds: 7200, kept: [keep('instance_url', 'instance_url')] },
    responses: [
      {
        body: {
          ...{
            access_token: '00Dx0000000BV7z!AR8AQP0jITN80ESEsj5example',
            refresh_token: '5Aep8614iLM.Dq661ePDmPEgaAW9',
            signature: 'SSSbLO=',
          },
          ...{
            scope: 'refresh_token web api',
            instance_url: 'https://eu.my.salesforce.test',
            issued_at: '1278448384422',
            token_type: 'Bearer',
          },
          id: 'https://login.salesforce.test/id/00Dx/005x',
        },
      },
    ],
    grant: {
      ...{ accessToken: '00Dx0000000BV7z!AR8AQP0jITN80ESEsj5example', refreshToken: '5Aep8614iLM.Dq661ePDmPEgaAW9' },
      ...{
        scope: 'refresh_token web api',
        expiresAt: afterSeconds(7200),
        stored: [stored('instance_url', 'https://eu.my.salesforce.test')],
      },
    },
  },
  {
    vendor: 'Salesforce',
    what: 'a session by SOAP',
    type: 'token_exchange',
    options: {
      ...{ tokenPath: '$.Envelope.Body.loginResponse.result.sessionId', expiryPath: '$..sessionSecondsValid' },
      kept: [keep('server_url', '$.Envelope.Body.loginResponse.result.serverUrl')],
    },
    responses: [
      {
        headers: [['Content-Type', 'text/xml;charset=UTF-8']],
        body:
          '<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns="urn:partner.soap.sforce.com">' +
          '<soapenv:Body><loginResponse><result><passwordExpired>false</passwordExpired><serverUrl>https://eu.salesforce.test/services/Soap/u/60.0?a=1&amp;b=2</serverUrl>' +
          '<sessionId>00D!soap.session</sessionId><userInfo><sessionSecondsValid>7200</sessionSecondsValid></userInfo></result></loginResponse></soapenv:Body></soapenv:Envelope>',
      },
    ],
    grant: {
      ...{ accessToken: '00D!soap.session', expiresAt: afterSeconds(7200) },
      stored: [stored('server_url', 'https://eu.salesforce.test/services/Soap/u/60.0?a=1&b=2')],
    },
  },
  {
    vendor: 'Salesforce',
    what: 'a wrong password by SOAP, with status 500',
    type: 'token_exchange',
    options: { tokenPath: '$.Envelope.Body.loginResponse.result.sessionId' },
    successRule: { rejectedPath: '$.Envelope.Body.Fault' },
    responses: [
      {
        status: 500,
        body:
          '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><soapenv:Fault><faultcode>sf:INVALID_LOGIN</faultcode>' +
          '<faultstring>INVALID_LOGIN: Invalid username, password, security token</faultstring></soapenv:Fault></soapenv:Body></soapenv:Envelope>',
      },
    ],
    refused: {
      outcome: 'rejected',
      code: 'token_refused',
      says: 'INVALID_LOGIN: Invalid username, password, security token',
    },
  },
  {
    vendor: 'QuickBooks Online',
    what: 'tokens, the refresh token with an end of its own',
    options: { kept: [keep('refresh_token_seconds', 'x_refresh_token_expires_in')] },
    responses: [
      {
        body: {
          x_refresh_token_expires_in: 15552000,
          refresh_token: 'Q311488394272qbajGfLBsG',
          access_token: 'eyJlbmMiOi.example',
          token_type: 'bearer',
          expires_in: 3600,
        },
      },
    ],
    grant: {
      ...{
        accessToken: 'eyJlbmMiOi.example',
        refreshToken: 'Q311488394272qbajGfLBsG',
        tokenType: 'bearer',
        expiresAt: afterSeconds(3600),
      },
      stored: [stored('refresh_token_seconds', '15552000')],
    },
  },
  {
    vendor: 'Xero',
    what: 'tokens beside an ID token',
    responses: [
      {
        body: {
          id_token: 'xero-id',
          access_token: 'xero-access',
          expires_in: 1800,
          token_type: 'Bearer',
          refresh_token: 'xero-refresh',
          scope: 'openid accounting.transactions offline_access',
        },
      },
    ],
    grant: {
      accessToken: 'xero-access',
      refreshToken: 'xero-refresh',
      scope: 'openid accounting.transactions offline_access',
      expiresAt: afterSeconds(1800),
    },
  },
  {
    vendor: 'Xero',
    what: 'a refresh token that was used before',
    phase: 'refresh',
    responses: [{ status: 400, body: { error: 'invalid_grant' } }],
    refused: {
      outcome: 'rejected',
      code: 'token_refused',
      says: 'refused the token request (400 Bad Request): “invalid_grant.”',
      grantDead: true,
    },
  },
  {
    vendor: 'Zoho',
    what: 'tokens of a data centre',
    options: { kept: [keep('api_domain', 'api_domain')] },
    responses: [
      {
        body: {
          access_token: '1000.access',
          refresh_token: '1000.refresh',
          api_domain: 'https://www.zohoapis.test',
          token_type: 'Bearer',
          expires_in: 3600,
        },
      },
    ],
    grant: {
      accessToken: '1000.access',
      refreshToken: '1000.refresh',
      expiresAt: afterSeconds(3600),
      stored: [stored('api_domain', 'https://www.zohoapis.test')],
    },
  },
  {
    vendor: 'Zoho',
    what: 'an error with status 200',
    responses: [{ body: { error: 'invalid_code' } }],
    refused: {
      outcome: 'rejected',
      code: 'token_refused',
      says: 'refused the token request (200 OK): “invalid_code.”',
    },
  },
  {
    vendor: 'NetSuite',
    what: 'a lifetime written as text',
    responses: [
      {
        body: {
          access_token: 'eyJraWQiOi.netsuite',
          refresh_token: 'eyJraWQiOi.refresh',
          expires_in: '3600',
          token_type: 'bearer',
        },
      },
    ],
    grant: {
      accessToken: 'eyJraWQiOi.netsuite',
      refreshToken: 'eyJraWQiOi.refresh',
      tokenType: 'bearer',
      expiresAt: afterSeconds(3600),
    },
  },
  {
    vendor: 'Sage Intacct',
    what: 'a session in XML, with the date of its end',
    type: 'token_exchange',
    options: {
      ...{
        tokenPath: 'response.operation.result.data.api.sessionid',
        expiryPath: 'response.operation.authentication.sessiontimeout',
        expiryUnit: 'iso',
      },
      kept: [keep('endpoint', 'response.operation.result.data.api.endpoint')],
    },
    responses: [
      {
        headers: [['Content-Type', 'application/xml']],
        body: `<?xml version="1.0" encoding="UTF-8"?>
<response>
  <control><status>success</status><senderid>sender</senderid></control>
  <operation>
    <authentication><status>success</status><userid>jane</userid><sessiontimeout>2026-01-01T06:00:00+00:00</sessiontimeout></authentication>
    <result><status>success</status><data><api><sessionid>fAkESesSiOnId..</sessionid><endpoint>https://api.intacct.test/ia/xml/xmlgw.phtml</endpoint></api></data></result>
  </operation>
</response>`,
      },
    ],
    grant: {
      ...{ accessToken: 'fAkESesSiOnId..', expiresAt: new Date('2026-01-01T06:00:00Z') },
      stored: [stored('endpoint', 'https://api.intacct.test/ia/xml/xmlgw.phtml')],
    },
  },
  {
    vendor: 'SAP Business One',
    what: 'a session in a cookie, with a lifetime in minutes',
    type: 'token_exchange',
    options: {
      tokenPath: 'cookie:B1SESSION',
      expiryPath: 'SessionTimeout',
      expiryUnit: 'minutes',
      kept: [keep('route', 'cookie:ROUTEID')],
    },
    responses: [
      {
        headers: [
          ['Set-Cookie', 'B1SESSION=85f5e94e-8c00-11e5; path=/; HttpOnly; SameSite=None'],
          ['Set-Cookie', 'ROUTEID=.node1; path=/'],
        ],
        body: { SessionId: '85f5e94e-8c00-11e5', Version: '920010', SessionTimeout: 30 },
      },
    ],
    grant: { accessToken: '85f5e94e-8c00-11e5', expiresAt: afterSeconds(1800), stored: [stored('route', '.node1')] },
  },
  {
    vendor: 'Tableau',
    what: 'a token in an attribute of XML, with a lifetime in hours, minutes and seconds',
    type: 'token_exchange',
    options: {
      ...{
        tokenPath: 'tsResponse.credentials.@token',
        expiryPath: 'tsResponse.credentials.@estimatedTimeToExpiration',
        expiryUnit: 'duration',
      },
      kept: [keep('site_id', 'tsResponse.credentials.site.@id')],
    },
    responses: [
      {
        body:
          '<?xml version="1.0"?><tsResponse xmlns="http://tableau.com/api"><credentials token="HvZMqFFfQQmOM4L-AZNIQA|5fI6T54OPK1Gn1p4w0RtHv6EkojWRTwq" ' +
          'estimatedTimeToExpiration="177:05:38"><site id="9a8b7c6d" contentUrl="MarketingTeam"/><user id="9f9e9d9c"/></credentials></tsResponse>',
      },
    ],
    grant: {
      ...{
        accessToken: 'HvZMqFFfQQmOM4L-AZNIQA|5fI6T54OPK1Gn1p4w0RtHv6EkojWRTwq',
        expiresAt: afterSeconds(177 * 3600 + 5 * 60 + 38),
      },
      stored: [stored('site_id', '9a8b7c6d')],
    },
  },
  {
    vendor: 'Mailchimp',
    what: 'a token that never ends, with a lifetime of 0 and no scope',
    responses: [{ body: { access_token: 'mailchimp-access', expires_in: 0, scope: null } }],
    grant: { accessToken: 'mailchimp-access' },
  },
  {
    vendor: 'Zendesk',
    what: 'a token that never ends',
    responses: [{ body: { access_token: 'gErypPlm4dOVgGRvA1ZzMH5MQ3nLo8bo', token_type: 'bearer', scope: 'read' } }],
    grant: { accessToken: 'gErypPlm4dOVgGRvA1ZzMH5MQ3nLo8bo', tokenType: 'bearer', scope: 'read' },
  },
]
