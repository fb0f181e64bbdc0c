import { afterSeconds, keep, stored, type VendorResponse } from './vendor-response'

export const people: VendorResponse[] = [
  {
    vendor: 'Google',
    what: 'tokens',
    responses: [
      {
        body: {
          access_token: 'ya29.a0example',
          expires_in: 3920,
          token_type: 'Bearer',
          scope: 'https://www.googleapis.com/auth/drive.metadata.readonly',
          refresh_token: '1//xEoDL4iW3cxlI7yDbSRFYNG01kVKM2C',
        },
      },
    ],
    grant: {
      accessToken: 'ya29.a0example',
      refreshToken: '1//xEoDL4iW3cxlI7yDbSRFYNG01kVKM2C',
      scope: 'https://www.googleapis.com/auth/drive.metadata.readonly',
      expiresAt: afterSeconds(3920),
    },
  },
  {
    vendor: 'Google',
    what: 'a refresh token that was withdrawn',
    phase: 'refresh',
    responses: [
      { status: 400, body: { error: 'invalid_grant', error_description: 'Token has been expired or revoked.' } },
    ],
    refused: {
      outcome: 'rejected',
      code: 'token_refused',
      says: 'invalid_grant: Token has been expired or revoked.',
      grantDead: true,
    },
  },
  {
    vendor: 'Google Identity Toolkit',
    what: 'a token under another name, a lifetime as text',
    type: 'token_exchange',
    options: { tokenPath: 'idToken', refreshTokenPath: 'refreshToken', expiryPath: 'expiresIn' },
    responses: [
      {
        body: {
          kind: 'identitytoolkit#VerifyPasswordResponse',
          localId: 'ZY1rJK0eYLg',
          idToken: 'eyJhbGci.firebase',
          refreshToken: 'AEu4IL-refresh',
          expiresIn: '3600',
          registered: true,
        },
      },
    ],
    grant: { accessToken: 'eyJhbGci.firebase', refreshToken: 'AEu4IL-refresh', expiresAt: afterSeconds(3600) },
  },
  {
    vendor: 'Google Identity Toolkit',
    what: 'a wrong password, the error inside of an error',
    type: 'token_exchange',
    options: { tokenPath: 'idToken' },
    successRule: { rejectedStatuses: [400] },
    responses: [
      {
        status: 400,
        body: {
          error: {
            code: 400,
            message: 'INVALID_LOGIN_CREDENTIALS',
            errors: [{ message: 'INVALID_LOGIN_CREDENTIALS', domain: 'global', reason: 'invalid' }],
          },
        },
      },
    ],
    refused: { outcome: 'rejected', code: 'token_refused', says: '(400 Bad Request): “INVALID_LOGIN_CREDENTIALS.”' },
  },
  {
    vendor: 'Microsoft',
    what: 'tokens with a second lifetime that is none of ours',
    responses: [
      {
        body: {
          token_type: 'Bearer',
          scope: 'User.Read Mail.Read',
          expires_in: 3599,
          ext_expires_in: 0,
          access_token: 'EwCAA8l6microsoft',
          refresh_token: 'M.R3_BAY',
          id_token: 'eyJ0.id',
        },
      },
    ],
    grant: {
      accessToken: 'EwCAA8l6microsoft',
      refreshToken: 'M.R3_BAY',
      scope: 'User.Read Mail.Read',
      expiresAt: afterSeconds(3599),
    },
  },
  {
    vendor: 'Microsoft',
    what: 'a secret that is wrong, with status 401',
    type: 'oauth2_client_credentials',
    responses: [
      {
        status: 401,
        body: {
          error: 'invalid_client',
          error_description: 'AADSTS7000215: Invalid client secret provided.',
          error_codes: [7000215],
          trace_id: 't',
        },
      },
    ],
    refused: {
      outcome: 'rejected',
      code: 'token_refused',
      says: 'invalid_client: AADSTS7000215: Invalid client secret provided.',
    },
  },
  {
    vendor: 'Microsoft Azure AD v1',
    what: 'timestamps as text',
    options: { expiryPath: 'expires_on', expiryUnit: 'epoch_seconds' },
    responses: [
      {
        body: {
          token_type: 'Bearer',
          expires_in: '3599',
          expires_on: '1767229199',
          not_before: '1767225300',
          resource: 'https://api.test',
          access_token: 'eyJ0.v1',
        },
      },
    ],
    grant: { accessToken: 'eyJ0.v1', expiresAt: new Date(1767229199_000) },
  },
  {
    vendor: 'Microsoft Translator',
    what: 'a token that is the whole answer, as text, with its end inside',
    type: 'token_exchange',
    options: { tokenPath: 'text:', expiryPath: '', expiryUnit: 'jwt' },
    responses: [
      {
        headers: [['Content-Type', 'application/jwt; charset=us-ascii']],
        body: 'eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjE3NjcyMjYyMDB9.c2lnbmF0dXJl\n',
      },
    ],
    grant: { accessToken: 'eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjE3NjcyMjYyMDB9.c2lnbmF0dXJl', expiresAt: afterSeconds(600) },
  },
  {
    vendor: 'LinkedIn',
    what: 'a token of two months, without a type',
    responses: [
      {
        body: {
          access_token: 'AQXNnd2kXITHELmWblJigbHEuoFdfRhOwGA',
          expires_in: 5184000,
          refresh_token: 'AQWAft',
          refresh_token_expires_in: 31536000,
          scope: 'r_basicprofile',
        },
      },
    ],
    grant: {
      accessToken: 'AQXNnd2kXITHELmWblJigbHEuoFdfRhOwGA',
      refreshToken: 'AQWAft',
      scope: 'r_basicprofile',
      expiresAt: afterSeconds(5184000),
    },
  },
  {
    vendor: 'Facebook',
    what: 'a short-lived token exchanged for a long-lived one, in two requests',
    type: 'token_exchange',
    responses: [
      { body: { access_token: 'EAAshort', token_type: 'bearer', expires_in: 5000 } },
      { body: { access_token: 'EAAlong', token_type: 'bearer', expires_in: 5183944 } },
    ],
    grant: { accessToken: 'EAAlong', tokenType: 'bearer', expiresAt: afterSeconds(5183944) },
  },
  {
    vendor: 'Facebook',
    what: 'an error inside of an error',
    options: { deadGrantErrors: ['190'] },
    successRule: { rejectedPath: '$.error' },
    responses: [
      {
        status: 400,
        body: {
          error: {
            message: 'Error validating access token: the session has expired.',
            type: 'OAuthException',
            code: 190,
            error_subcode: 463,
            fbtrace_id: 'AA',
          },
        },
      },
    ],
    refused: {
      outcome: 'rejected',
      code: 'token_refused',
      says: '(400 Bad Request): “Error validating access token',
      grantDead: true,
    },
  },
  {
    vendor: 'Instagram',
    what: 'a token in a list, an ID of more digits than a number holds',
    options: { tokenPath: 'data.0.access_token', kept: [keep('user_id', 'data.0.user_id')] },
    responses: [
      {
        body: '{"data":[{"access_token":"EAACEdEose0","user_id":17841405793187218,"permissions":"instagram_business_basic"}]}',
      },
    ],
    grant: { accessToken: 'EAACEdEose0', stored: [stored('user_id', '17841405793187218')] },
  },
  {
    vendor: 'Instagram',
    what: 'a code that is invalid, in its own form',
    successRule: { rejectedPath: 'error_type', rejectedValue: 'OAuthException' },
    responses: [
      {
        status: 400,
        body: {
          error_type: 'OAuthException',
          code: 400,
          error_message: 'Matching code was not found or was already used',
        },
      },
    ],
    refused: { outcome: 'rejected', code: 'token_refused', says: 'Matching code was not found or was already used' },
  },
  {
    vendor: 'WeChat',
    what: 'tokens of an open ID',
    options: { kept: [keep('openid', 'openid')] },
    successRule: { rejectedPath: '$.errcode' },
    responses: [
      {
        body: {
          access_token: 'ACCESS_TOKEN',
          expires_in: 7200,
          refresh_token: 'REFRESH_TOKEN',
          openid: 'OPENID',
          scope: 'snsapi_login',
          unionid: 'o6_bm',
        },
      },
    ],
    grant: {
      accessToken: 'ACCESS_TOKEN',
      refreshToken: 'REFRESH_TOKEN',
      scope: 'snsapi_login',
      expiresAt: afterSeconds(7200),
      stored: [stored('openid', 'OPENID')],
    },
  },
  {
    vendor: 'WeCom',
    what: 'a token beside an error of 0',
    type: 'token_exchange',
    successRule: { rejectedPath: '$.errcode' },
    responses: [{ body: { errcode: 0, errmsg: 'ok', access_token: 'accesstoken000001', expires_in: 7200 } }],
    grant: { accessToken: 'accesstoken000001', expiresAt: afterSeconds(7200) },
  },
  {
    vendor: 'WeChat',
    what: 'an error with status 200',
    phase: 'refresh',
    options: { deadGrantErrors: ['40030', '42002'] },
    successRule: { rejectedPath: '$.errcode' },
    responses: [{ body: { errcode: 40030, errmsg: 'invalid refresh_token' } }],
    refused: {
      outcome: 'rejected',
      code: 'token_refused',
      says: '(200 OK): “invalid refresh_token.”',
      grantDead: true,
    },
  },
  {
    vendor: 'WeChat',
    what: 'an error with status 200 that the method does not know of',
    responses: [{ body: { errcode: 40029, errmsg: 'invalid code' } }],
    refused: {
      outcome: 'could_not_tell',
      code: 'no_token',
      says: 'has no token at access_token. It has: errcode, errmsg. It says: “invalid code.”',
    },
  },
  {
    vendor: 'Twitch',
    what: 'scopes as a list',
    responses: [
      {
        body: {
          access_token: 'rfx2uswqe8l4g1mkagrvg5tv0ks3',
          expires_in: 14124,
          refresh_token: '5b93chm6hdve3mycz05zfzat',
          scope: ['channel:moderate', 'chat:edit'],
          token_type: 'bearer',
        },
      },
    ],
    grant: {
      accessToken: 'rfx2uswqe8l4g1mkagrvg5tv0ks3',
      refreshToken: '5b93chm6hdve3mycz05zfzat',
      tokenType: 'bearer',
      scope: 'channel:moderate chat:edit',
      expiresAt: afterSeconds(14124),
    },
  },
  {
    vendor: 'Twitch',
    what: 'a status inside of the answer',
    phase: 'refresh',
    options: { deadGrantErrors: ['Invalid refresh token'] },
    successRule: { rejectedStatuses: [400] },
    responses: [{ status: 400, body: { error: 'Bad Request', status: 400, message: 'Invalid refresh token' } }],
    refused: {
      outcome: 'rejected',
      code: 'token_refused',
      says: 'Bad Request: Invalid refresh token',
      grantDead: true,
    },
  },
  {
    vendor: 'Spotify',
    what: 'tokens',
    responses: [
      {
        body: {
          access_token: 'NgCXRKMzYjw',
          token_type: 'Bearer',
          scope: 'user-read-private user-read-email',
          expires_in: 3600,
          refresh_token: 'NgAagAUm_SHo',
        },
      },
    ],
    grant: {
      accessToken: 'NgCXRKMzYjw',
      refreshToken: 'NgAagAUm_SHo',
      scope: 'user-read-private user-read-email',
      expiresAt: afterSeconds(3600),
    },
  },
  {
    vendor: 'Snapchat',
    what: 'tokens',
    responses: [
      {
        body: {
          access_token: '0.MGQCMsnap',
          token_type: 'Bearer',
          expires_in: 1800,
          refresh_token: '7bsdfsnap',
          scope: 'snapchat-marketing-api',
        },
      },
    ],
    grant: {
      accessToken: '0.MGQCMsnap',
      refreshToken: '7bsdfsnap',
      scope: 'snapchat-marketing-api',
      expiresAt: afterSeconds(1800),
    },
  },
  {
    vendor: 'Adobe IMS',
    what: 'a lifetime in milliseconds',
    type: 'signed_jwt',
    options: { expiryUnit: 'milliseconds' },
    responses: [{ body: { token_type: 'bearer', access_token: 'eyJ4NXUi.adobe', expires_in: 86399999 } }],
    grant: { accessToken: 'eyJ4NXUi.adobe', tokenType: 'bearer', expiresAt: new Date('2026-01-01T23:59:59.999Z') },
  },
  {
    vendor: 'Epic (SMART on FHIR)',
    what: 'the context of the launch, under a name with dots',
    options: {
      kept: [keep('patient', 'patient'), keep('old_patient', 'epic.dstu2.patient'), keep('encounter', 'encounter')],
    },
    responses: [
      {
        body: {
          ...{
            access_token: 'Nxfve4q3H9TKs5F5vf6kRYAZqzK7j9LHvrg1Bw7fU',
            token_type: 'Bearer',
            expires_in: 3240,
            scope: 'Patient.read launch/patient',
          },
          ...{
            state: '1234',
            patient: 'T1wI5bk8n1YVgvWk9D05BmRV0Pi3ECImNSK8DKyKltsMB',
            'epic.dstu2.patient': 'Tbt3KuCY0B5',
          },
        },
      },
    ],
    grant: {
      ...{
        accessToken: 'Nxfve4q3H9TKs5F5vf6kRYAZqzK7j9LHvrg1Bw7fU',
        scope: 'Patient.read launch/patient',
        expiresAt: afterSeconds(3240),
      },
      stored: [
        stored('patient', 'T1wI5bk8n1YVgvWk9D05BmRV0Pi3ECImNSK8DKyKltsMB'),
        stored('old_patient', 'Tbt3KuCY0B5'),
      ],
    },
  },
]
