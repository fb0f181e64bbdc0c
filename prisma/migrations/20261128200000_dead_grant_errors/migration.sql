-- invalid_token says of a refresh what invalid_grant says. Lists that somebody has edited stay as they are.
UPDATE "AuthenticationMethod"
SET "options" = jsonb_set("options", '{deadGrantErrors}', '["invalid_grant", "invalid_token", "bad_refresh_token"]')
WHERE "options" -> 'deadGrantErrors' = '["invalid_grant", "bad_refresh_token"]'::jsonb;
