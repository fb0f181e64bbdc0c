-- Only what a type cannot work without stays locked (rule R13). Nothing else about a variable changes.
UPDATE "Variable" AS v
SET "locked" = false
FROM "AuthenticationMethod" AS m
WHERE v."workspaceId" = m."workspaceId" AND v."methodId" = m."id" AND v."locked"
  AND v."key" <> ALL (CASE m."type"
    WHEN 'basic' THEN ARRAY['username', 'password']
    WHEN 'digest' THEN ARRAY['username', 'password']
    WHEN 'token' THEN ARRAY['token']
    WHEN 'oauth2_client_credentials' THEN ARRAY['client_id']
    WHEN 'oauth2_authorization_code' THEN ARRAY['client_id']
    WHEN 'oauth1' THEN ARRAY['consumer_key', 'consumer_secret']
    WHEN 'signed_jwt' THEN ARRAY['private_key']
    WHEN 'request_signature' THEN ARRAY['secret_key']
    ELSE ARRAY[]::text[]
  END);
