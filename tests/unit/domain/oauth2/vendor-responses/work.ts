import { afterSeconds, keep, stored, type VendorResponse } from './vendor-response'

export const work: VendorResponse[] = [
  {
    vendor: 'GitHub',
    what: 'a form, scopes with commas',
    responses: [
      {
        headers: [['Content-Type', 'application/x-www-form-urlencoded; charset=utf-8']],
        body: 'access_token=gho_16C7e42F292c&scope=repo%2Cgist&token_type=bearer',
      },
    ],
    grant: { accessToken: 'gho_16C7e42F292c', tokenType: 'bearer', scope: 'repo,gist' },
  },
  {
    vendor: 'GitHub',
    what: 'tokens that end, without scopes',
    responses: [
      {
        headers: [['Content-Type', 'application/x-www-form-urlencoded; charset=utf-8']],
        body: 'access_token=ghu_16C7e42F292c&expires_in=28800&refresh_token=ghr_1B4a2e77838&refresh_token_expires_in=15897600&scope=&token_type=bearer',
      },
    ],
    grant: {
      accessToken: 'ghu_16C7e42F292c',
      refreshToken: 'ghr_1B4a2e77838',
      tokenType: 'bearer',
      expiresAt: afterSeconds(28800),
    },
  },
  {
    vendor: 'GitHub',
    what: 'an error as a form, with status 200',
    responses: [
      {
        headers: [['Content-Type', 'application/x-www-form-urlencoded; charset=utf-8']],
        body: 'error=bad_verification_code&error_description=The+code+passed+is+incorrect+or+expired.&error_uri=https%3A%2F%2Fdocs.github.test',
      },
    ],
    refused: {
      outcome: 'rejected',
      code: 'token_refused',
      says: 'bad_verification_code: The code passed is incorrect or expired.',
    },
  },
  {
    vendor: 'GitHub',
    what: 'the token of an app at an installation, for a signed JWT',
    type: 'signed_jwt',
    options: { tokenPath: 'token', expiryPath: 'expires_at', expiryUnit: 'iso' },
    responses: [
      {
        status: 201,
        body: {
          token: 'ghs_16C7e42F292c',
          expires_at: '2026-01-01T01:00:00Z',
          permissions: { issues: 'write' },
          repository_selection: 'selected',
        },
      },
    ],
    grant: { accessToken: 'ghs_16C7e42F292c', expiresAt: afterSeconds(3600) },
  },
  {
    vendor: 'Slack',
    what: 'the token of the bot, and that of the person as a further one',
    options: { kept: [keep('team_id', 'team.id'), keep('user_token', 'authed_user.access_token', { secret: true })] },
    responses: [
      {
        body: {
          ...{
            ok: true,
            access_token: 'xoxb-17653672481',
            token_type: 'bot',
            scope: 'commands,incoming-webhook',
            bot_user_id: 'U0KRQLJ9H',
            app_id: 'A0KRD7HC3',
          },
          ...{ team: { name: 'Slack Softball Team', id: 'T9TK3CUKW' }, enterprise: null },
          authed_user: { id: 'U1234', scope: 'chat:write', access_token: 'xoxp-1234', token_type: 'user' },
        },
      },
    ],
    grant: {
      ...{ accessToken: 'xoxb-17653672481', tokenType: 'bot', scope: 'commands,incoming-webhook' },
      stored: [stored('team_id', 'T9TK3CUKW'), stored('user_token', 'xoxp-1234', { secret: true })],
    },
  },
  {
    vendor: 'Slack',
    what: 'the token of the person, with its own scope and type',
    options: {
      tokenPath: 'authed_user.access_token',
      refreshTokenPath: 'authed_user.refresh_token',
      expiryPath: 'authed_user.expires_in',
    },
    responses: [
      {
        body: {
          ...{ ok: true, app_id: 'A0KRD7HC3', team: { id: 'T9TK3CUKW' } },
          authed_user: {
            id: 'U1234',
            scope: 'chat:write',
            access_token: 'xoxe.xoxp-1234',
            token_type: 'user',
            refresh_token: 'xoxe-1-5',
            expires_in: 43200,
          },
        },
      },
    ],
    grant: {
      accessToken: 'xoxe.xoxp-1234',
      refreshToken: 'xoxe-1-5',
      tokenType: 'user',
      scope: 'chat:write',
      expiresAt: afterSeconds(43200),
    },
  },
  {
    vendor: 'Slack',
    what: 'an error with status 200',
    successRule: { rejectedPath: '$.ok', rejectedValue: 'false' },
    responses: [{ body: { ok: false, error: 'invalid_code' } }],
    refused: {
      outcome: 'rejected',
      code: 'token_refused',
      says: 'refused the token request (200 OK): “invalid_code.”',
    },
  },
  {
    vendor: 'Atlassian',
    what: 'tokens',
    responses: [
      {
        body: {
          access_token: 'eyJhb.atlassian',
          expires_in: 3600,
          token_type: 'Bearer',
          refresh_token: 'eyJhb.refresh',
          scope: 'read:jira-work offline_access',
        },
      },
    ],
    grant: {
      accessToken: 'eyJhb.atlassian',
      refreshToken: 'eyJhb.refresh',
      scope: 'read:jira-work offline_access',
      expiresAt: afterSeconds(3600),
    },
  },
  {
    vendor: 'Atlassian',
    what: 'a refresh token that was used before, with status 403',
    phase: 'refresh',
    options: { deadGrantErrors: ['invalid_grant', 'unauthorized_client'] },
    responses: [{ status: 403, body: { error: 'unauthorized_client', error_description: 'refresh_token is invalid' } }],
    refused: {
      outcome: 'rejected',
      code: 'token_refused',
      says: 'unauthorized_client: refresh_token is invalid',
      grantDead: true,
    },
  },
  {
    vendor: 'Bitbucket',
    what: 'scopes in the plural',
    responses: [
      {
        body: {
          scopes: 'repository account',
          access_token: 'bitbucket==access',
          expires_in: 7200,
          token_type: 'bearer',
          state: 'authorization_code',
          refresh_token: 'bitbucket-refresh',
        },
      },
    ],
    grant: {
      accessToken: 'bitbucket==access',
      refreshToken: 'bitbucket-refresh',
      tokenType: 'bearer',
      scope: 'repository account',
      expiresAt: afterSeconds(7200),
    },
  },
  {
    vendor: 'Dropbox',
    what: 'tokens of an account',
    options: { kept: [keep('account_id', 'account_id')] },
    responses: [
      {
        body: {
          ...{
            access_token: 'sl.AbX9y6Fe3AuH5o66',
            expires_in: 14400,
            token_type: 'bearer',
            scope: 'account_info.read files.content.read',
          },
          ...{ refresh_token: 'nBiM85CZALsAAAAA', account_id: 'dbid:AAH4f99T0taONIb', uid: '12345' },
        },
      },
    ],
    grant: {
      ...{
        accessToken: 'sl.AbX9y6Fe3AuH5o66',
        refreshToken: 'nBiM85CZALsAAAAA',
        tokenType: 'bearer',
        scope: 'account_info.read files.content.read',
      },
      ...{ expiresAt: afterSeconds(14400), stored: [stored('account_id', 'dbid:AAH4f99T0taONIb')] },
    },
  },
  {
    vendor: 'Dropbox',
    what: 'a refresh that leaves the refresh token as it is',
    phase: 'refresh',
    responses: [{ body: { access_token: 'sl.second', expires_in: 14400, token_type: 'bearer' } }],
    grant: { accessToken: 'sl.second', refreshToken: null, tokenType: 'bearer', expiresAt: afterSeconds(14400) },
  },
  {
    vendor: 'Notion',
    what: 'the token of a workspace, which never ends',
    options: {
      kept: [
        keep('workspace_id', 'workspace_id'),
        keep('bot_id', 'bot_id'),
        keep('template', 'duplicated_template_id'),
      ],
    },
    responses: [
      {
        body: {
          ...{
            access_token: 'ntn_notion',
            token_type: 'bearer',
            bot_id: 'b1',
            workspace_name: 'Acme',
            workspace_icon: null,
            workspace_id: 'w1',
          },
          ...{ owner: { type: 'user', user: { object: 'user', id: 'u1' } }, duplicated_template_id: null },
        },
      },
    ],
    grant: {
      accessToken: 'ntn_notion',
      tokenType: 'bearer',
      stored: [stored('workspace_id', 'w1'), stored('bot_id', 'b1')],
    },
  },
]
