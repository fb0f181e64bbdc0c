-- Failed sign-ins are counted by account and address together, too. What was counted before was counted by other rules.
DELETE FROM "SignInThrottle";
ALTER TABLE "SignInThrottle" RENAME COLUMN "windowStart" TO "lastAttemptAt";
ALTER INDEX "SignInThrottle_windowStart_idx" RENAME TO "SignInThrottle_lastAttemptAt_idx";
ALTER TABLE "SignInThrottle" ADD COLUMN "account" TEXT, ADD COLUMN "succeededAt" TIMESTAMPTZ(3);
CREATE INDEX "SignInThrottle_account_idx" ON "SignInThrottle" ("account");
